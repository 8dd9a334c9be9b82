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
  /// Nil where the times are the data set's own.
  let derived: DerivedTimes?
  /// Days of first response, by patient; nil where they are not asked for.
  let responses: [String: Int]?
  let notes: [Note]

  /// The names of the curves: one without a name where there are no groups.
  var labels: [String?] { groups?.labels ?? [nil] }

  /// The patients of each curve, by the curve's name.
  var members: [(name: String, subjects: [String])] {
    guard let groups else { return [("all patients", subjects.map(\.subject))] }
    return zip(groups.labels, groups.places).map { label, places in
      (label, places.map { subjects[$0].subject })
    }
  }

  /// One sample a curve.
  func samples() throws -> [EventTimes] {
    guard let groups else { return [sample] }
    return try groups.places.map { try sample.subset($0) }
  }
}
