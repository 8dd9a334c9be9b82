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
    if kind.isText { return names.texts[Int(cell)] }
    return kind.isReal ? "\(Cell.number(cell))" : "\(cell)"
  }
}
