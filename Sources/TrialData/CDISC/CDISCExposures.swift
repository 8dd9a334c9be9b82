/// Reads EX and ADEX: one administration a row.
///
/// A record that spans several days stands on its first; how many do is noted. Of an ADEX with
/// parameters the administrations are those of `PARAMCD` DOSE.
struct CDISCExposures {
  private let table: CDISCTable
  private let stage: Stage

  init(_ table: CDISCTable, stage: Stage) {
    self.table = table
    self.stage = stage
  }

  func read(_ dates: CDISCDates) {
    let source = table.source
    guard let drug = column(["EXTRT", "TRTP", "TRT01A"]) else { return }
    let dose = table.converter(["EXDOSE", "AVAL"], .amount)
    let unit = source.column(anyOf: ["EXDOSU", "AVALU"])
    let parameter = source.column("PARAMCD")
    let end = table.converter(["EXENDTC", "AENDT"], .day, ValueMapping(unit: .date))
    var spans = 0
    var leftOut: [String: Int] = [:]
    for row in 0..<source.rowCount {
      if let name = source.text(row, parameter), name != "DOSE" {
        leftOut[name, default: 0] += 1
        continue
      }
      guard let subject = table.subject(row), let day = dates.day(row, subject: subject),
        let cell = dose.map({ $0.cell(row) }) ?? Cell.missing
      else { continue }
      guard let name = source.text(row, drug) else {
        stage.problems.add(source.problem(row, drug, .missing, expected: "a treatment"))
        continue
      }
      if let last = end?.cell(row), last != Cell.missing, let first = dates.ordinal(row),
        Int(last) > first
      {
        spans += 1
      }
      stage.table(.exposure).append(
        [subject, day, stage.names.cell(name), cell, table.cell(source.text(row, unit))],
        table.place(row))
    }
    if spans > 0 {
      stage.note("\(source.file): \(spans) records span several days and stand on their first")
    }
    if !leftOut.isEmpty { stage.note("\(source.file): left out \(CDISCReader.list(leftOut))") }
  }

  private func column(_ names: [String]) -> Int? {
    if let column = table.source.column(anyOf: names) { return column }
    stage.problems.add(
      table.source.problemInHeader(
        names[0], .condition("no such column"),
        expected: "it among \(CellConverter.list(table.source.header))"))
    return nil
  }
}
