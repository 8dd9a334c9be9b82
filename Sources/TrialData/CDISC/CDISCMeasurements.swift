internal import RECIST

/// Reads TR: what each reader measured.
///
/// A node is measured by its perpendicular (`LPERP`), any other lesion by its longest diameter
/// (`LDIAM`); `DIAMETER` stands for whichever applies. `TUMSTATE` gives the state, `SUMDIAM` the
/// sum of an assessment. Other tests are left out and noted.
final class CDISCMeasurements {
  private struct Key: Hashable {
    let subject: Int64
    let lesion: Int64
    let day: Int64
    let evaluator: Int64
  }

  private struct Reading {
    var values: [String: Int64] = [:]
    var state = Cell.missing
    /// Whether a result was refused: that the lesion has none is no further problem.
    var isRefused = false
    let isNodal: Bool
    let visit: Int64
    let place: StagedTable.Place

    var stateIfGiven: Int64? {
      get { state == Cell.missing ? nil : state }
      set { state = newValue ?? Cell.missing }
    }
  }

  private static let lengths: Set<String> = ["LDIAM", "LPERP", "DIAMETER"]

  private let tumors: CDISCTumors
  private let responses: CDISCResponses
  private let stage: Stage
  private var order: [Key] = []
  private var readings: [Key: Reading] = [:]
  private var repeated = 0
  private var leftOut: [String: Int] = [:]

  init(_ tumors: CDISCTumors, _ responses: CDISCResponses, stage: Stage) {
    self.tumors = tumors
    self.responses = responses
    self.stage = stage
  }

  func read(_ table: CDISCTable, _ dates: CDISCDates) {
    guard let columns = table.columns(["TESTCD", "LNKID"]) else { return }
    let results = CDISCResults(table, stage: stage)
    for row in 0..<table.source.rowCount {
      guard let test = table.source.text(row, columns[0]) else {
        stage.problems.add(table.source.problem(row, columns[0], .missing, expected: "a test"))
        continue
      }
      guard Self.lengths.contains(test) || test == "TUMSTATE" || test == "SUMDIAM" else {
        leftOut[test, default: 0] += 1
        continue
      }
      guard let subject = table.subject(row), let day = dates.day(row, subject: subject) else {
        continue
      }
      let visitCell = table.visit(row)
      if test == "SUMDIAM" {
        guard case .length(let cell)? = results.length(row) else { continue }
        let key = CDISCResponses.Key(subject: subject, day: day, evaluator: table.evaluator(row))
        responses.add("sum_of_diameters", cell, to: key, visit: visitCell, table, row)
        continue
      }
      guard let (lesion, tumor) = lesion(table, row, subject, columns[1]) else { continue }
      let key = Key(subject: subject, lesion: lesion, day: day, evaluator: table.evaluator(row))
      if readings[key] == nil {
        order.append(key)
        readings[key] = Reading(
          isNodal: tumor.isNodal, visit: visitCell, place: table.place(row))
      }
      add(test, to: key, results, table, row)
    }
  }

  private func lesion(
    _ table: CDISCTable, _ row: Int, _ subject: Int64, _ column: Int
  ) -> (Int64, CDISCTumors.Tumor)? {
    let link = table.source.text(row, column)
    if let link,
      let found = tumors.tumor(subject: subject, link: link, evaluator: table.evaluator(row))
    {
      return (found.name, found.tumor)
    }
    stage.problems.add(
      table.source.problem(
        row, column, link.map { .value($0) } ?? .missing,
        expected: "a lesion that TU identifies for this subject and reader"))
    return nil
  }

  private func add(
    _ test: String, to key: Key, _ results: CDISCResults, _ table: CDISCTable, _ row: Int
  ) {
    switch test == "TUMSTATE" ? results.state(row) : results.length(row) {
    case .length(let cell): put(cell, \.values[test], key, table, row)
    case .state(let cell):
      // "Not evaluable" of one axis says nothing of the other.
      if test == "TUMSTATE" || isDecisive(test, key) { put(cell, \.stateIfGiven, key, table, row) }
    case nil: readings[key]?.isRefused = true
    }
  }

  /// Whether a test measures the axis that counts for the lesion.
  private func isDecisive(_ test: String, _ key: Key) -> Bool {
    test == "DIAMETER" || test == (readings[key]?.isNodal == true ? "LPERP" : "LDIAM")
  }

  private func put(
    _ cell: Int64, _ slot: WritableKeyPath<Reading, Int64?>, _ key: Key, _ table: CDISCTable,
    _ row: Int
  ) {
    guard let known = readings[key]?[keyPath: slot] else {
      readings[key]?[keyPath: slot] = cell
      return
    }
    if known == cell {
      repeated += 1
    } else {
      stage.problem(
        at: table.place(row), column: "TRTESTCD",
        .condition("a second, different result for the lesion, day and reader"),
        expected: "one")
    }
  }

  func stageRows() {
    for key in order {
      guard let reading = readings[key], !reading.isRefused else { continue }
      let decisive =
        reading.values["DIAMETER"] ?? reading.values[reading.isNodal ? "LPERP" : "LDIAM"]
      if decisive == nil, reading.state == Cell.missing {
        let (found, expected) = reading.isNodal ? ("LDIAM", "LPERP") : ("LPERP", "LDIAM")
        stage.problem(
          at: reading.place, column: "TRTESTCD", .value(found),
          expected: "\(expected) beside it, as the lesion is \(reading.isNodal ? "a" : "no") node")
        continue
      }
      stage.table(.measurement).append(
        [
          key.subject, key.lesion, key.day, reading.visit, decisive ?? Cell.missing, reading.state,
          key.evaluator,
        ], reading.place)
    }
    noteWhatWasLeftOut()
  }

  private func noteWhatWasLeftOut() {
    if repeated > 0 {
      stage.note("TR: \(repeated) records that repeat another were read once")
    }
    if !leftOut.isEmpty { stage.note("TR: left out \(CDISCReader.list(leftOut))") }
  }
}
