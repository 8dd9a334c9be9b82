import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent
import TrialData

/// The times of one arm's patients, in days.
struct ArmTimes: Sendable {
  let name: String
  let sample: EventTimes
  let estimate: KaplanMeier
  /// Of the arm, without a time of the endpoint.
  let missing: Int

  /// The fewest patients whose curve is taken for a prediction.
  static let fewest = 10

  /// - Throws: `Refusal` where they cannot be used.
  init(
    _ name: String, _ subjects: [Subject], _ rows: [String: EndpointRows.Row],
    endpoint: String,
    parameter: String
  ) throws {
    let known = subjects.compactMap { rows[$0.subject] }
    guard known.count >= Self.fewest else {
      throw Refusal(
        "data.few-patients",
        "\(parameter)=arm:\(name): \(patients(known.count)) with a day of \(endpoint)"
          + " \(are(known.count)) too few for a curve to predict from or to compare",
        parameter: parameter, expected: "at least \(Self.fewest) patients")
    }
    let sample = try EventTimes(
      times: known.map { Double($0.day) }, occurred: known.map(\.occurred))
    guard sample.events > 0 else {
      throw Refusal(
        "data.no-events",
        "\(parameter)=arm:\(name): none of the \(patients(known.count)) had the event \(endpoint)",
        parameter: parameter)
    }
    self.name = name
    self.sample = sample
    estimate = KaplanMeier(sample)
    missing = subjects.count - known.count
  }

  var curve: SurvivalFunction { SurvivalFunction(estimate) }

  /// The last day anybody was followed to.
  var lastDay: Double { sample.times.reduce(0, max) }
}
