/// Reads a SAS transport file: a table for each of its data sets.
///
/// Numbers become the shortest text that reads back the same; dates and times, known by their
/// format, ISO 8601 text; missing numbers, special ones too, nothing. Texts must be UTF-8.
struct XPTTableReader: TableReader {
  private(set) var builders: [SourceTableBuilder] = []

  private let file: String
  private let choice: ColumnChoice
  private let problems: ProblemList
  private var reader = XPTReader()
  private var columns: [Column] = []
  private var hasStopped = false

  private struct Column {
    let index: Int
    let variable: XPTVariable
    let time: XPTTime?
  }

  init(file: String, choice: ColumnChoice, problems: ProblemList) {
    self.file = file
    self.choice = choice
    self.problems = problems
  }

  mutating func read(_ chunk: ArraySlice<UInt8>) {
    attempt { reader, body throws(XPTProblem) in try reader.read(chunk, body) }
  }

  mutating func finish() {
    attempt { reader, body throws(XPTProblem) in try reader.finish(body) }
    var names: Set<String> = []
    for builder in builders where !names.insert(builder.stem).inserted {
      problems.add(
        ImportProblem(
          file: builder.file, finding: .condition("two data sets of this name"),
          expected: "each name once"))
    }
  }

  private mutating func attempt(
    _ step: (inout XPTReader, (XPTReader.Event) -> Void) throws(XPTProblem) -> Void
  ) {
    if hasStopped { return }
    var reader = reader
    self.reader = XPTReader()
    do throws(XPTProblem) {
      try step(&reader) { take($0) }
    } catch {
      refuse(error)
    }
    self.reader = reader
  }

  private mutating func refuse(_ problem: XPTProblem) {
    hasStopped = true
    problems.add(
      ImportProblem(
        file: file, column: problem.place, finding: .condition(problem.found),
        expected: problem.expected))
  }

  private mutating func take(_ event: XPTReader.Event) {
    switch event {
    case .member(let member): begin(member)
    case .observation(let observation): add(observation)
    }
  }

  private mutating func begin(_ member: XPTMember) {
    let names = XPTNames(member)
    var builder = SourceTableBuilder(
      file: Self.isNamedAfter(member, file) ? file : "\(file)/\(member.name)", stem: names.table,
      choice: choice, problems: problems)
    builder.begin(header: member.variables.map { names.column($0.name) }, line: nil)
    columns = builder.kept.map {
      Column(
        index: $0, variable: member.variables[$0],
        time: XPTTime(format: member.variables[$0].format))
    }
    builders.append(builder)
  }

  /// Whether the file's name says already what its data set's name does.
  private static func isNamedAfter(_ member: XPTMember, _ file: String) -> Bool {
    file.lowercased() == "\(member.name.lowercased()).xpt"
  }

  private mutating func add(_ observation: XPTObservation) {
    let last = builders.count - 1
    for column in columns {
      switch column.variable.kind {
      case .text: addText(observation, column, last)
      case .number: addNumber(observation, column, last)
      }
    }
    builders[last].endRow(observation.number)
  }

  private mutating func addText(
    _ observation: XPTObservation, _ column: Column, _ last: Int
  ) {
    let text = observation.text(of: column.variable)
    if text.contains(where: { $0 >= 0x80 || $0 == 0 }) {
      let isText = !text.contains(0) && String(validating: text, as: UTF8.self) != nil
      if !isText {
        builders[last].drop(
          observation.number, column: column.variable.name,
          .condition("bytes that are not UTF-8 text"), expected: "UTF-8 text")
      }
    }
    builders[last].add(text, to: column.index)
  }

  private mutating func addNumber(
    _ observation: XPTObservation, _ column: Column, _ last: Int
  ) {
    do throws(XPTProblem) {
      guard case .number(let number) = try observation.value(of: column.variable) else {
        return builders[last].add([], to: column.index)
      }
      if let text = column.time?.text(number) {
        builders[last].add(Array(text.utf8)[...], to: column.index)
      } else {
        builders[last].add(number, to: column.index)
      }
    } catch {
      builders[last].drop(
        observation.number, column: column.variable.name,
        .condition("\(error.place): \(error.found)"), expected: error.expected)
      builders[last].add([], to: column.index)
    }
  }
}
