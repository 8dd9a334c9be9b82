/// Collects the rows of one table of a file.
struct SourceTableBuilder {
  /// What problems call it.
  let file: String
  /// The name of the table itself, in lower case.
  let stem: String
  let problems: ProblemList
  private let choice: ColumnChoice
  private(set) var header: [String] = []
  /// The positions of the columns that are kept.
  private(set) var kept: [Int] = []
  private var pool = TextPool()
  private var columns: [[UInt32]] = []
  private var lines: [UInt32] = []
  private var hasDroppedRows = false
  /// Numbers that were met before, by their bits.
  private var numbers: [UInt64: UInt32] = [:]

  init(file: String, stem: String? = nil, choice: ColumnChoice, problems: ProblemList) {
    self.file = file
    self.stem = (stem ?? file.split(separator: ".").first.map(String.init) ?? file).lowercased()
    self.choice = choice
    self.problems = problems
  }

  mutating func begin(header names: [String], line: Int?) {
    header = names
    columns = names.map { _ in [] }
    kept = names.indices.filter { choice.keeps(names[$0]) }
    var seen: Set<String> = []
    for name in names where !name.isEmpty && !seen.insert(name).inserted {
      problems.add(
        ImportProblem(
          file: file, line: line, column: name, finding: .condition("two columns of this name"),
          expected: "each name once"))
    }
  }

  /// Adds a text to a column; each column that is kept takes one a row.
  mutating func add(_ text: ArraySlice<UInt8>, to column: Int) {
    columns[column].append(pool.position(text, perhaps: columns[column].last))
  }

  /// Adds a number as the shortest text that reads back as the same one.
  mutating func add(_ number: Double, to column: Int) {
    if let known = numbers[number.bitPattern] { return columns[column].append(known) }
    let position = pool.position(Array(NumberText.shortest(number).utf8)[...])
    numbers[number.bitPattern] = position
    columns[column].append(position)
  }

  /// Ends a row.
  mutating func endRow(_ number: Int) { lines.append(UInt32(clamping: number)) }

  /// Whether a row has as many fields as the header; records it if not.
  mutating func accepts(fieldCount: Int, line: Int) -> Bool {
    if fieldCount == header.count { return true }
    drop(line, .condition(Self.fields(fieldCount)), expected: "\(header.count) as in the header")
    return false
  }

  /// Records what is wrong with a row that is left out.
  mutating func drop(
    _ line: Int?, column: String? = nil, _ finding: ImportProblem.Finding, expected: String
  ) {
    hasDroppedRows = true
    problems.add(
      ImportProblem(
        file: file, line: line, column: column, finding: finding, expected: expected))
  }

  /// Nothing if the file has no header; that, and having no rows, is a problem.
  func table(source: ImportReport.Source) -> SourceTable? {
    guard !header.isEmpty else {
      problems.add(
        ImportProblem(file: file, finding: .condition("an empty file"), expected: "a header line"))
      return nil
    }
    if lines.isEmpty, !hasDroppedRows {
      problems.add(
        ImportProblem(file: file, finding: .condition("no rows"), expected: "at least one row"))
    }
    return SourceTable(
      file: file, stem: stem, source: source, header: header, kept: Set(kept), pool: pool,
      columns: columns, lines: lines, hasDroppedRows: hasDroppedRows)
  }

  private static func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }
}
