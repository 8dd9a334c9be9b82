import PluginProtocol
import TimeToEvent
import TrialData

/// The patients whose time to an event is analyzed.
struct Cohort: Sendable {
  let name: String
  let endpoint: Endpoint
  let subjects: [Subject]
  /// In days.
  let sample: EventTimes
  let groups: Grouping?
  let strata: Grouping?
  /// Place of the group the others are compared with.
  let reference: Int
  let notes: [Note]

  /// The names of the curves: one without a name where there are no groups.
  var labels: [String?] { groups?.labels ?? [nil] }

  /// One sample a curve.
  func samples() throws -> [EventTimes] {
    guard let groups else { return [sample] }
    return try groups.places.map { try sample.subset($0) }
  }
}
