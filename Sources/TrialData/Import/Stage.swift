/// Everything an import has gathered, before it is checked and written.
final class Stage {
  let options: ImportOptions
  let problems: ProblemList
  let names = TextPool()
  private(set) var files: [String] = []
  private(set) var tables: [TrialTable: StagedTable] = [:]
  private(set) var notes: [String] = []
  /// By subject, the ordinal of the date of day 0.
  var origins: [Int64: Int] = [:]
  private(set) var imputedDates = 0
  /// Rows that were refused for a value outside their key: another row of the key is wrong too,
  /// and a row that refers to one is not.
  private var refused: [TrialTable: StagedTable] = [:]
  /// Tables of which a whole file was refused, so that what they lack is not known.
  private(set) var unread: Set<TrialTable> = []

  init(options: ImportOptions, problems: ProblemList) {
    self.options = options
    self.problems = problems
  }

  func table(_ table: TrialTable) -> StagedTable {
    if let staged = tables[table] { return staged }
    let staged = StagedTable(table)
    tables[table] = staged
    return staged
  }

  /// Rows there are, without making the table.
  func rowCount(_ table: TrialTable) -> Int { tables[table]?.rowCount ?? 0 }

  /// Remembers who or what a row that was refused is about.
  func refuse(_ cells: [Int64], of table: TrialTable, at place: StagedTable.Place) {
    let rows = refused[table] ?? StagedTable(table)
    rows.append(cells, place)
    refused[table] = rows
  }

  /// Remembers that a file of the table could not be read.
  func leaveUnread(_ table: TrialTable) { unread.insert(table) }

  var refusedSubjects: Set<Int64> { Set(refused[.subject]?.columns[0] ?? []) }

  var refusedLesions: Set<LesionCells> {
    guard let lesions = refused[.lesion] else { return [] }
    return Set((0..<lesions.rowCount).map { LesionCells(lesions, $0) })
  }

  /// The rows of a table, and those that were refused.
  func allRows(_ table: TrialTable) -> StagedTable {
    guard let refused = refused[table] else { return self.table(table) }
    let all = StagedTable(table)
    for part in [self.table(table), refused] {
      for row in 0..<part.rowCount { all.append(part.columns.map { $0[row] }, part.places[row]) }
    }
    return all
  }

  func note(_ text: String) { notes.append(text) }

  func countImputedDate() { imputedDates += 1 }

  func file(_ name: String) -> UInt32 {
    if let known = files.firstIndex(of: name) { return UInt32(known) }
    files.append(name)
    return UInt32(files.count - 1)
  }

  func text(_ cell: Int64) -> String? {
    cell == Cell.missing ? nil : names.texts[Int(cell)]
  }

  func problem(
    at place: StagedTable.Place, column: String?, _ finding: ImportProblem.Finding,
    expected: String
  ) {
    problems.add(
      ImportProblem(
        file: files[Int(place.file)], line: place.line == 0 ? nil : Int(place.line),
        column: column, finding: finding, expected: expected))
  }

  /// A cell as problems print it.
  func printed(_ cell: Int64, _ kind: ColumnKind) -> String {
    if cell == Cell.missing { return "none" }
    return switch kind.storage {
    case .text: names.texts[Int(cell)]
    case .integer: "\(cell)"
    case .real: "\(Cell.number(cell))"
    }
  }
}
