/// Reads RS: what each reader reported of a visit.
final class CDISCResponses {
  struct Key: Hashable {
    let subject: Int64
    let day: Int64
    let evaluator: Int64
  }

  private struct Report {
    var cells: [String: Int64] = [:]
    let visit: Int64
    let place: StagedTable.Place
  }

  /// The schema column each test fills.
  private static let columns = [
    "OVRLRESP": "overall", "TRGRESP": "target", "NTRGRESP": "non_target", "NEWLIND": "new_lesion",
  ]

  private let stage: Stage
  private var order: [Key] = []
  private var reports: [Key: Report] = [:]
  private var repeated = 0
  private var leftOut: [String: Int] = [:]

  init(stage: Stage) { self.stage = stage }

  func read(_ table: CDISCTable, _ dates: CDISCDates) {
    guard let columns = table.columns(["TESTCD"]) else { return }
    for row in 0..<table.source.rowCount {
      guard let test = table.source.text(row, columns[0]) else {
        stage.problems.add(table.source.problem(row, columns[0], .missing, expected: "a test"))
        continue
      }
      guard let column = Self.columns[test] else {
        leftOut[test, default: 0] += 1
        continue
      }
      guard let subject = table.subject(row), let day = dates.day(row, subject: subject),
        let cell = result(table, row, isFlag: test == "NEWLIND")
      else { continue }
      let key = Key(subject: subject, day: day, evaluator: table.evaluator(row))
      add(
        column, cell, to: key, visit: table.visit(row), table, row)
    }
  }

  /// Nothing after recording what is wrong.
  private func result(_ table: CDISCTable, _ row: Int, isFlag: Bool) -> Int64? {
    let standard = table.column("STRESC")
    let column = table.source.text(row, standard) == nil ? table.column("ORRES") : standard
    let text = table.source.text(row, column)
    let isDone = table.source.text(row, table.column("STAT"))?.uppercased() != "NOT DONE"
    let kind: ColumnKind = isFlag ? .flag : .response
    if text == nil, !isDone { return isFlag ? Cell.missing : stage.names.cell("MISSING") }
    if let text, case .success(let cell) = kind.cell(text, names: stage.names) { return cell }
    stage.problems.add(
      table.source.problem(
        row, column, text.map { .value($0) } ?? .missing, expected: kind.expectation))
    return nil
  }

  func add(
    _ column: String, _ cell: Int64, to key: Key, visit: Int64, _ table: CDISCTable, _ row: Int
  ) {
    if reports[key] == nil {
      order.append(key)
      reports[key] = Report(visit: visit, place: table.place(row))
    }
    guard let known = reports[key]?.cells.updateValue(cell, forKey: column) else { return }
    if known == cell {
      repeated += 1
      return
    }
    let kind = TrialTable.assessment.columns.first { $0.name == column }?.kind ?? .text
    stage.problem(
      at: table.place(row), column: column,
      .condition("\(stage.printed(cell, kind)) after \(stage.printed(known, kind))"),
      expected: "one value for each subject, day, reader and set of criteria; import one set")
  }

  func stageRows() {
    for key in order {
      guard let report = reports[key] else { continue }
      var cells = TrialTable.assessment.columns.map { report.cells[$0.name] ?? Cell.missing }
      let given: [(String, Int64)] = [
        ("subject", key.subject), ("day", key.day), ("visit", report.visit),
        ("evaluator", key.evaluator),
      ]
      for (name, cell) in given {
        if let position = TrialTable.assessment.position(of: name) { cells[position] = cell }
      }
      stage.table(.assessment).append(cells, report.place)
    }
    if repeated > 0 { stage.note("RS: \(repeated) records that repeat another were read once") }
    if !leftOut.isEmpty { stage.note("RS: left out \(CDISCReader.list(leftOut))") }
  }
}
