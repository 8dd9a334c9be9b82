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
  /// Subjects and lesions whose rows were refused: a row that refers to one is not wrong too.
  private(set) var refusedSubjects: Set<Int64> = []
  private(set) var refusedLesions: Set<LesionCells> = []

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
  func refuse(_ cells: [Int64], of table: TrialTable) {
    if table == .subject { refusedSubjects.insert(cells[0]) }
    if table == .lesion { refusedLesions.insert(LesionCells(subject: cells[0], lesion: cells[1])) }
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
