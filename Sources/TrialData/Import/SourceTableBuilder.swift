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
  private var pool = TextTable()
  /// Of each column its place among those that are kept.
  private var places: [Int] = []
  /// The cells of the row being read, as positions in ``pool``; before any, of no text.
  private var row: [UInt32] = []
  /// The kept cells of all rows, row by row.
  private var cells: [UInt32] = []
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
    kept = names.indices.filter { choice.keeps(names[$0]) }
    places = names.indices.map { kept.firstIndex(of: $0) ?? kept.count }
    row = Array(repeating: .max, count: kept.count)
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
    let place = places[column]
    row[place] = pool.position(text, perhaps: row[place])
  }

  /// Adds a number as the shortest text that reads back as the same one.
  mutating func add(_ number: Double, to column: Int) {
    let position =
      numbers[number.bitPattern] ?? pool.position(Array(NumberText.shortest(number).utf8)[...])
    numbers[number.bitPattern] = position
    row[places[column]] = position
  }

  /// Adds the fields of a record to their columns.
  @inline(__always)
  mutating func add(_ record: PlainRecord) {
    unsafe row.withUnsafeMutableBufferPointer { row in
      for place in row.indices {
        let field = unsafe record.field(kept[place])
        unsafe row[place] = pool.position(field, perhaps: row[place])
      }
    }
    unsafe endRow(record.line)
  }

  /// Ends a row.
  @inline(__always)
  mutating func endRow(_ number: Int) {
    cells.append(contentsOf: row)
    lines.append(UInt32(clamping: number))
  }

  /// A builder for rows that come behind others which are still to be read.
  func beside() -> SourceTableBuilder {
    var builder = SourceTableBuilder(
      file: file, stem: stem, choice: choice, problems: ProblemList())
    (builder.header, builder.kept, builder.places) = (header, kept, places)
    builder.row = Array(repeating: .max, count: kept.count)
    return builder
  }

  /// Adds the rows of a builder beside, whose lines were counted without those before.
  mutating func append(_ other: SourceTableBuilder, linesBefore: Int) {
    let positions = pool.positions(of: other.pool)
    cells.reserveCapacity(cells.count + other.cells.count)
    for cell in other.cells { cells.append(positions[Int(cell)]) }
    for line in other.lines { lines.append(UInt32(clamping: Int(line) + linesBefore)) }
    hasDroppedRows = hasDroppedRows || other.hasDroppedRows
    problems.add(other.problems, linesBefore: linesBefore)
  }

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
      file: file, stem: stem, source: source, header: header, kept: kept, pool: pool,
      cells: cells, lines: lines, hasDroppedRows: hasDroppedRows)
  }

  private static func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }
}
