import JSON
import PluginProtocol
import Statistics

/// What the rates become as patients without an evaluable response are counted one way or another.
struct NotEvaluableCases {
  private let patients: [PatientResponses.Patient]
  private let level: Double

  init(_ patients: [PatientResponses.Patient], level: Double) {
    self.patients = patients
    self.level = level
  }

  func write(into document: inout ResultDocument) throws {
    let evaluable = patients.filter(\.isEvaluable)
    let missing = patients.count - evaluable.count
    guard missing > 0 else { return }
    var rows = [
      try row("none responded (worst case)", responders: responders, controlled: controlled)
    ]
    if !evaluable.isEmpty {
      rows.append(
        try row("left out", responders: responders, controlled: controlled, of: evaluable.count))
    }
    rows.append(
      try row(
        "all responded (best case)", responders: responders + missing,
        controlled: controlled.map { $0 + missing }))
    document.tables.append(
      ResultDocument.ResultTable(
        name: "not-evaluable",
        title: "The \(missing) not evaluable patient\(missing == 1 ? "" : "s") counted otherwise",
        columns: [
          .init("case", "Not evaluable"), .init("responders", "Responders", .count),
          .init("patients", "of", .count), .init("rate", "Rate", .percent),
          .init("lower", "Lower", .percent), .init("upper", "Upper", .percent),
          .init("disease-control-rate", "Disease control", .percent),
        ], rows: rows))
  }

  private var responders: Int { patients.count(where: \.isResponder) }

  /// Nothing where only the event "response" is known.
  private var controlled: Int? {
    let bests = patients.compactMap(\.best)
    return bests.isEmpty ? nil : bests.count(where: \.isDiseaseControl)
  }

  private func row(
    _ label: String, responders: Int, controlled: Int?, of total: Int? = nil
  ) throws -> [JSONValue] {
    let count = try ResponseRate.responseCount(responders, total ?? patients.count)
    let interval = try ProportionInterval(count, level: level)
    return [
      .string(label), .integer(Int64(count.responders)), .integer(Int64(count.patients)),
      .number(count.rate), .number(interval.lower), .number(interval.upper),
      controlled.map { .number(Double($0) / Double(count.patients)) } ?? .null,
    ]
  }
}
