/// Checks what rows must be to each other.
struct StageCheck {
  private let stage: Stage
  /// Whether no line was refused before it was a row: only then is a reference to nothing wrong.
  private let knowsAllRows: Bool

  init(_ stage: Stage, knowsAllRows: Bool) {
    self.stage = stage
    self.knowsAllRows = knowsAllRows
  }

  /// Checks everything; subjects that must be derived are there by now.
  ///
  /// `ranks` are those of the stage's names.
  func run(ranks: [Int64]) {
    for table in TrialTable.allCases {
      checkKeys(stage.allRows(table), ranks)
      guard stage.rowCount(table) > 0 else { continue }
      let staged = stage.table(table)
      if knows(.subject) { checkSubjects(staged) }
      checkContent(staged)
    }
    if knows(.lesion) { checkLesions() }
    if stage.rowCount(.subject) == 0, stage.problems.count == 0 {
      stage.problems.add(
        ImportProblem(
          file: "import", finding: .condition("no subject"), expected: "at least one"))
    }
  }

  var hasFoundNothing: Bool { stage.problems.count == 0 }

  /// Whether every row of a table is known, so that one can be missed.
  private func knows(_ table: TrialTable) -> Bool {
    knowsAllRows && !stage.unread.contains(table)
  }

  /// Without a table of subjects they are those the other tables speak of.
  func deriveSubjects() {
    guard stage.rowCount(.subject) == 0, stage.refusedSubjects.isEmpty,
      !stage.unread.contains(.subject)
    else { return }
    var seen: Set<Int64> = []
    for table in TrialTable.allCases where stage.rowCount(table) > 0 {
      let staged = stage.table(table)
      for row in 0..<staged.rowCount where seen.insert(staged.cell(row, 0)).inserted {
        var cells = TrialTable.subject.columns.map { _ in Cell.missing }
        cells[0] = staged.cell(row, 0)
        stage.table(.subject).append(cells, staged.places[row])
      }
    }
    if !seen.isEmpty {
      stage.note(
        "no table of subjects was given: the \(seen.count) subjects are those of the others")
    }
  }

  private func checkKeys(_ staged: StagedTable, _ ranks: [Int64]) {
    let table = staged.table
    let rows = staged.sortedRows(ranks: ranks)
    let key = table.key
    // The last column of a key is the one that differs most.
    let columns = key.reversed().map { staged.columns[$0] }
    for position in rows.indices.dropFirst() {
      let (row, next) = (rows[position - 1], rows[position])
      guard columns.allSatisfy({ $0[row] == $0[next] }) else { continue }
      let (first, second) = staged.isBefore(row, next) ? (row, next) : (next, row)
      let values = key.map {
        stage.printed(staged.cell(second, $0), table.columns[$0].kind)
      }
      let names = key.map { table.columns[$0].name }.joined(separator: ", ")
      let place = staged.places[first]
      stage.problem(
        at: staged.places[second], column: nil,
        .condition("a second row of \(table.rawValue) for \(values.joined(separator: ", "))"),
        expected:
          "one for each \(names); the first is \(stage.files[Int(place.file)]):\(place.line)")
    }
  }

  private func checkSubjects(_ staged: StagedTable) {
    guard staged.table != .subject else { return }
    let subjects = stage.table(.subject)
    let known = Set(subjects.columns[0]).union(stage.refusedSubjects)
    let named = staged.columns[0]
    var last: Int64?
    for row in named.indices where named[row] != last {
      if known.contains(named[row]) {
        last = named[row]
        continue
      }
      stage.problem(
        at: staged.places[row], column: "subject",
        .value(stage.text(staged.cell(row, 0)) ?? ""), expected: "a subject of table subject")
    }
  }

  private func checkContent(_ staged: StagedTable) {
    let positions = staged.table.anyOf.compactMap(staged.table.position(of:))
    if !positions.isEmpty {
      for row in 0..<staged.rowCount
      where positions.allSatisfy({ staged.cell(row, $0) == Cell.missing }) {
        stage.problem(
          at: staged.places[row], column: nil, .condition("a row that says nothing"),
          expected: "a value in \(staged.table.anyOf.joined(separator: ", "))")
      }
    }
    if staged.table == .measurement { checkStates(staged) }
  }

  /// An absent lesion has no diameter but zero.
  private func checkStates(_ staged: StagedTable) {
    guard let state = staged.table.position(of: "state"),
      let diameter = staged.table.position(of: "diameter")
    else { return }
    let absent = stage.names.cell(LesionState.absent.rawValue)
    for row in 0..<staged.rowCount where staged.cell(row, state) == absent {
      let cell = staged.cell(row, diameter)
      if cell != Cell.missing, Cell.number(cell) > 0 {
        stage.problem(
          at: staged.places[row], column: "diameter", .value("\(Cell.number(cell))"),
          expected: "nothing or 0 for a lesion that is ABSENT")
      }
    }
  }

  private func checkLesions() {
    guard stage.rowCount(.measurement) > 0 else { return }
    let lesions = stage.table(.lesion)
    let measurements = stage.table(.measurement)
    let known = Set((0..<lesions.rowCount).map { LesionCells(lesions, $0) })
      .union(stage.refusedLesions)
    if known.isEmpty {
      stage.problem(
        at: .init(file: measurements.places[0].file, line: 0), column: nil,
        .condition("measurements without a table of lesions"),
        expected: "one that says which are targets and which are nodes")
      return
    }
    var last: LesionCells?
    for row in 0..<measurements.rowCount {
      let lesion = LesionCells(measurements, row)
      if lesion == last { continue }
      if known.contains(lesion) {
        last = lesion
        continue
      }
      stage.problem(
        at: measurements.places[row], column: "lesion",
        .value(stage.text(measurements.cell(row, 1)) ?? ""),
        expected: "a lesion of this subject in table lesion")
    }
  }
}

extension StagedTable {
  /// Whether a row stands before another in the files.
  func isBefore(_ left: Int, _ right: Int) -> Bool {
    (places[left].file, places[left].line) < (places[right].file, places[right].line)
  }
}
