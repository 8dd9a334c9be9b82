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
  private let rows: [String: EndpointRows.Row]

  /// - Throws: `Refusal` where the data set has no usable times of the endpoint.
  init(
    _ file: RunRequest.DatasetFile, _ selection: SubjectSelection, _ endpoint: ProgressionEndpoint
  ) throws {
    let dataset = try TrialDataset(path: file.path)
    (subjects, notes) = try selection.select(from: dataset.subjects(), named: file.name)
    (name, self.endpoint) = (file.name, endpoint.name)
    let given = EndpointRows(try dataset.events(), endpoint: endpoint.name, named: file.name)
    try given.check()
    rows = given.rows
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
