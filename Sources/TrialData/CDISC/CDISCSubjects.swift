/// Gathers what the data sets say of each subject: DM, then ADSL, then any other of ADaM.
///
/// The first value given counts; another one for the same subject and column is a problem.
/// ADaM data sets other than ADSL repeat what ADSL says of a subject, and are asked only where
/// neither DM nor ADSL is given.
final class CDISCSubjects {
  private static let columns: [(schema: String, names: [String], kind: ColumnKind)] = [
    ("arm", ["ARM", "TRT01P", "ACTARM", "TRT01A", "TRTP"], .text), ("sex", ["SEX"], .text),
    ("dose_level", ["DOSELVL"], .amount), ("dose_unit", ["DOSELVLU", "DOSEU"], .text),
    ("cohort", ["COHORT"], .text), ("age", ["AGE"], .amount),
    ("first_dose", ["RFXSTDTC", "TRTSDT"], .date),
  ]

  private let stage: Stage
  private var order: [Int64] = []
  private var cells: [Int64: [Int64]] = [:]
  private var places: [Int64: StagedTable.Place] = [:]

  init(stage: Stage) { self.stage = stage }

  func read(_ tables: [CDISCTable]) {
    let main = tables.filter { $0.domain == .dm } + tables.filter { $0.domain == .adsl }
    for table in main.isEmpty ? tables.filter(\.domain.isAnalysis) : main { read(table) }
    for subject in order {
      if let cells = cells[subject], let place = places[subject] {
        stage.table(.subject).append(cells, place)
      }
    }
  }

  private func read(_ table: CDISCTable) {
    let converters = Self.columns.compactMap { column -> (Int, CellConverter)? in
      guard let position = TrialTable.subject.position(of: column.schema),
        let converter = table.converter(column.names, column.kind)
      else { return nil }
      return (position, converter)
    }
    let armCode = table.source.column("ARMCD")
    let isMain = table.domain == .dm || table.domain == .adsl
    if !isMain, converters.isEmpty { return }
    var screenFailures = 0
    for row in 0..<table.source.rowCount {
      guard let subject = table.subject(row) else { continue }
      if table.source.text(row, armCode) == "SCRNFAIL" {
        screenFailures += 1
        continue
      }
      var given: [(Int, Int64, CellConverter)] = []
      for (position, converter) in converters {
        if let cell = converter.cell(row) { given.append((position, cell, converter)) }
      }
      if given.count == converters.count, ageIsInYears(table, row) {
        if table.domain == .dm, cells[subject] != nil { repeated(table, row, subject) }
        add(given, to: subject, table, row)
      }
    }
    if screenFailures > 0 {
      stage.note("\(table.source.file): \(screenFailures) screen failures were left out")
    }
  }

  private func add(
    _ given: [(Int, Int64, CellConverter)], to subject: Int64, _ table: CDISCTable, _ row: Int
  ) {
    if cells[subject] == nil {
      order.append(subject)
      cells[subject] = TrialTable.subject.columns.map { _ in Cell.missing }
      cells[subject]?[0] = subject
      places[subject] = table.place(row)
    }
    for (position, cell, converter) in given where cell != Cell.missing {
      let known = cells[subject]?[position] ?? Cell.missing
      if known == Cell.missing { cells[subject]?[position] = cell }
      if known == Cell.missing || known == cell { continue }
      let kind = TrialTable.subject.columns[position].kind
      stage.problems.add(
        table.source.problem(
          row, converter.column, .value(stage.printed(cell, kind)),
          expected: "\(stage.printed(known, kind)), as for this subject before"))
    }
  }

  private func repeated(_ table: CDISCTable, _ row: Int, _ subject: Int64) {
    stage.problems.add(
      table.source.problem(
        row, table.source.column("USUBJID"), .condition("a second row of DM for the subject"),
        expected: "one"))
  }

  private func ageIsInYears(_ table: CDISCTable, _ row: Int) -> Bool {
    guard let column = table.source.column("AGEU"), let unit = table.source.text(row, column),
      unit.uppercased() != "YEARS"
    else { return true }
    stage.problems.add(table.source.problem(row, column, .value(unit), expected: "YEARS"))
    return false
  }
}
