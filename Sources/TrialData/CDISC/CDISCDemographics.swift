/// Reads DM: one row a subject.
struct CDISCDemographics {
  private let table: CDISCTable
  private let stage: Stage

  init(_ table: CDISCTable, stage: Stage) {
    self.table = table
    self.stage = stage
  }

  func read() {
    let converters = [
      converter("ARM", .text) ?? converter("ACTARM", .text), converter("SEX", .text),
      converter("AGE", .amount), converter("RFXSTDTC", .date),
    ]
    let armCode = table.source.column("ARMCD")
    var screenFailures = 0
    for row in 0..<table.source.rowCount {
      guard let subject = table.subject(row) else { continue }
      if table.source.text(row, armCode) == "SCRNFAIL" {
        screenFailures += 1
        continue
      }
      let cells = converters.map { $0.map { $0.cell(row) } ?? Cell.missing }
      guard let arm = cells[0], let sex = cells[1], let age = cells[2], let dose = cells[3],
        ageIsInYears(row)
      else { continue }
      let none = Cell.missing
      stage.table(.subject).append(
        [subject, arm, none, none, none, sex, age, dose], table.place(row))
    }
    if screenFailures > 0 {
      stage.note("\(table.source.file): \(screenFailures) screen failures were left out")
    }
  }

  private func converter(_ name: String, _ kind: ColumnKind) -> CellConverter? {
    table.source.column(name).map {
      CellConverter(table.source, column: $0, kind: kind, mapping: ValueMapping(), stage: stage)
    }
  }

  private func ageIsInYears(_ row: Int) -> Bool {
    guard let column = table.source.column("AGEU"), let unit = table.source.text(row, column),
      unit.uppercased() != "YEARS"
    else { return true }
    stage.problems.add(table.source.problem(row, column, .value(unit), expected: "YEARS"))
    return false
  }
}
