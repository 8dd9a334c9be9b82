import JSON
import PluginProtocol
import Statistics

/// What a control is and how it is used: one line of the table of trials.
struct ControlRow: Sendable {
  let trial: String
  let control: Control
  /// Nothing where no count gives the rate.
  let count: ResponseCount?
  let use: String

  static let columns: [ResultDocument.Column] = [
    .init("trial", "Trial"), .init("control", "Row"), .init("count", "Count"),
    .init("rate", "Rate", .percent), .init("population", "Patients"),
    .init("assessor", "Assessed by"), .init("verified", "Checked"), .init("use", "Use"),
  ]

  var cells: [JSONValue] {
    let published: PublishedControl? = if case .published(let it) = control { it } else { nil }
    return [
      .string(trial), .string(control.label),
      count.map { .string("\($0.responders)/\($0.patients)") } ?? .null,
      .number(count?.rate ?? control.rate), published.map { .string($0.population) } ?? .null,
      published.map { .string($0.assessor) } ?? .null,
      published.map { .string($0.unverified.map { "no: \($0)" } ?? "yes") } ?? .null,
      .string(use),
    ]
  }
}
