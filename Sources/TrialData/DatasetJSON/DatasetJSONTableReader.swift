internal import JSON

/// Reads a Dataset-JSON file: one table.
///
/// Numbers become the shortest text that reads back the same, true and false the flags they are.
struct DatasetJSONTableReader: TableReader {
  private let file: String
  private let choice: ColumnChoice
  private let problems: ProblemList
  private var reader = DatasetJSONReader()
  private var builder: SourceTableBuilder?
  private var columns: [DatasetJSONColumn] = []
  private var hasStopped = false

  init(file: String, choice: ColumnChoice, problems: ProblemList) {
    self.file = file
    self.choice = choice
    self.problems = problems
  }

  var builders: [SourceTableBuilder] { [builder].compactMap(\.self) }

  mutating func read(_ chunk: ArraySlice<UInt8>) {
    attempt { reader, body throws(DatasetJSONProblem) in try reader.read(chunk, body) }
  }

  mutating func finish() {
    attempt { reader, body throws(DatasetJSONProblem) in try reader.finish(body) }
  }

  private mutating func attempt(
    _ step: (
      inout DatasetJSONReader, (DatasetJSONReader.Event) -> Void
    ) throws(DatasetJSONProblem) -> Void
  ) {
    if hasStopped { return }
    var reader = reader
    self.reader = DatasetJSONReader()
    do throws(DatasetJSONProblem) {
      try step(&reader) { take($0) }
    } catch {
      hasStopped = true
      problems.add(
        ImportProblem(
          file: file, column: error.place, finding: .condition(error.found),
          expected: error.expected))
    }
    self.reader = reader
  }

  private mutating func take(_ event: DatasetJSONReader.Event) {
    switch event {
    case .header(let header):
      columns = header.columns
      builder = SourceTableBuilder(
        file: file, stem: header.name, choice: choice, problems: problems)
      builder?.begin(header: columns.map(\.name), line: nil)
    case .row(let number, _, let values): add(values, number)
    }
  }

  private mutating func add(_ values: [JSONValue], _ number: Int) {
    guard var builder else { return }
    self.builder = nil
    defer { self.builder = builder }
    guard builder.accepts(fieldCount: values.count, line: number) else { return }
    for index in builder.kept {
      if !columns[index].dataType.accepts(values[index]) {
        builder.drop(
          number, column: columns[index].name, .condition(Self.shown(values[index])),
          expected: columns[index].dataType.expectation)
      }
      switch values[index] {
      case .number(let value): builder.add(value, to: index)
      case .integer(let value): builder.add(Array(String(value).utf8)[...], to: index)
      case .string(let text): builder.add(Array(text.utf8)[...], to: index)
      case .bool(let flag): builder.add(Array((flag ? "true" : "false").utf8)[...], to: index)
      case .null, .array, .object: builder.add([], to: index)
      }
    }
    builder.endRow(number)
  }

  private static func shown(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): "the string \"\(text.prefix(60))\""
    case .integer, .number, .bool: value.text
    case .null, .array, .object: value.kind
    }
  }
}

extension DatasetJSONColumn.DataType {
  /// Whether a value may stand in a column of the type.
  fileprivate func accepts(_ value: JSONValue) -> Bool {
    switch (self, value) {
    case (_, .null): true
    case (.integer, .integer), (.boolean, .bool): true
    case (.integer, .number(let number)): number == number.rounded()
    case (.float, .integer), (.float, .number), (.double, .integer), (.double, .number): true
    case (.string, .string), (.uri, .string), (.date, .string), (.datetime, .string),
      (.time, .string):
      true
    case (.decimal, .string(let text)): Double(text) != nil
    default: false
    }
  }

  fileprivate var expectation: String {
    switch self {
    case .string, .uri: "a string"
    case .integer: "a whole number"
    case .float, .double: "a number"
    case .decimal: "a number in a string, as the data type decimal is"
    case .date, .datetime, .time: "a \(rawValue) in a string"
    case .boolean: "true or false"
    }
  }
}
