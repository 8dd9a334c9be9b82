import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent
import TrialData

/// Finds arms of a data set, and their times to one endpoint.
struct ArmReader {
  let name: String
  let subjects: [Subject]
  let notes: [Note]
  let endpoint: String
  private let rows: [String: Event]

  /// - Throws: `Refusal` where the data set has no usable times of the endpoint.
  init(
    _ file: RunRequest.DatasetFile, _ selection: SubjectSelection, _ endpoint: ProgressionEndpoint
  ) throws {
    let dataset = try TrialDataset(path: file.path)
    (subjects, notes) = try selection.select(from: dataset.subjects(), named: file.name)
    (name, self.endpoint) = (file.name, endpoint.name)
    let events = try dataset.events()
    let dated = events.filter { $0.endpoint == endpoint.name && $0.day != nil }
    rows = Dictionary(dated.map { ($0.subject, $0) }) { first, _ in first }
    try checkRows(events)
  }

  private func checkRows(_ events: [Event]) throws(Refusal) {
    guard rows.isEmpty else {
      guard let early = rows.values.filter({ $0.day ?? 0 < 0 }).map(\.subject).min() else { return }
      throw Refusal(
        "data.negative-time",
        "\(early) has \(endpoint) before day 0: a time to event cannot be negative",
        parameter: "endpoint")
    }
    let there = Set(events.filter { $0.day != nil }.map(\.endpoint)).sorted()
    throw Refusal(
      "data.no-endpoint",
      "endpoint=\(endpoint): \(name) has no such events with days; "
        + (there.isEmpty ? "it has none" : "it has \(there.joined(separator: ", "))"),
      parameter: "endpoint", expected: "an event table with a day for each patient")
  }

  /// - Throws: `Refusal` that names the arms there are.
  func arm(_ wanted: String, of parameter: String) throws -> ArmTimes {
    let members = subjects.filter { $0.arm == wanted }
    guard !members.isEmpty else {
      let arms = Set(subjects.compactMap(\.arm)).sorted()
      let nearest = arms.nearest(to: wanted).map { "; did you mean \($0)?" } ?? ""
      throw Refusal(
        "data.no-arm",
        "\(parameter)=arm:\(wanted): \(name) has "
          + (arms.isEmpty ? "no arms" : "the arms \(arms.joined(separator: ", "))") + nearest,
        parameter: parameter)
    }
    return try ArmTimes(wanted, members, rows, endpoint: endpoint, parameter: parameter)
  }

  /// The arm of one of the data set's cohorts.
  ///
  /// - Throws: `Refusal` where it has none, or it cannot be used.
  func arm(_ wanted: String, inCohort cohort: String) throws -> ArmTimes {
    let members = subjects.filter { $0.arm == wanted && $0.cohort == cohort }
    guard !members.isEmpty else {
      throw Refusal("data.no-arm", "no patient of it has the arm \(wanted)")
    }
    return try ArmTimes(wanted, members, rows, endpoint: endpoint, parameter: cohort)
  }
}
