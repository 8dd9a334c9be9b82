import JSON
import PluginKit
import PluginProtocol
import TrialData

/// What the late change under chemotherapy alone is taken from.
enum Reference: Sendable, Hashable {
  case arm(String)
  /// A model of chemotherapy alone with this response rate.
  case model(rate: Double, text: String)

  private static let expectation =
    "arm:NAME for an arm of the data set, or model: and a control's response rate such as"
    + " model:61/243 or model:0.25"

  init(_ text: String) throws(Refusal) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else {
      throw .parameter("reference", text, expected: Self.expectation)
    }
    let value = String(parts[1])
    switch parts[0] {
    case "arm": self = .arm(value)
    case "model":
      guard let rate = Self.rate(value), rate > 0, rate < 1 else {
        throw .parameter(
          "reference", text, expected: "a response rate between 0 and 1, such as model:61/243")
      }
      self = .model(rate: rate, text: value)
    case "dataset":
      throw Refusal(
        "reference.dataset",
        "reference=\(text): an analysis is given one data set; import both trials as one, with an"
          + " arm each, and say reference=arm:NAME", parameter: "reference",
        expected: Self.expectation)
    case "plugin":
      throw Refusal(
        "reference.plugin",
        "reference=\(text): an analysis cannot ask another plugin; say its control's response rate"
          + " instead, such as reference=model:61/243", parameter: "reference",
        expected: Self.expectation)
    default: throw .parameter("reference", text, expected: Self.expectation)
    }
  }

  private static func rate(_ text: String) -> Double? {
    if let ratio = ParameterDeclaration.ratio(text) {
      guard let events = ratio["events"]?.integer, let total = ratio["total"]?.integer,
        total > 0, (0...total).contains(events)
      else { return nil }
      return Double(events) / Double(total)
    }
    return ParameterDeclaration.fraction(text)
  }

  /// Takes the control arm out of the patients to be analyzed; nil for a model.
  func takeControl(from cohort: inout Cohort) throws(Refusal) -> [TumorSeries]? {
    guard case .arm(let name) = self else { return nil }
    let arms = Set(cohort.series.compactMap(\.subject.arm)).sorted()
    guard arms.contains(name) else {
      let nearest = arms.nearest(to: name).map { "; did you mean \($0)?" } ?? ""
      let list = arms.isEmpty ? "no arms" : "the arms \(arms.joined(separator: ", "))"
      throw Refusal(
        "parameter.value", "reference=arm:\(name): \(cohort.name) has \(list)\(nearest)",
        parameter: "reference", expected: list)
    }
    let control = cohort.series.filter { $0.subject.arm == name }
    cohort.series.removeAll { $0.subject.arm == name }
    guard !cohort.series.isEmpty else {
      throw Refusal(
        "data.no-patients",
        "reference=arm:\(name): every patient of \(cohort.name) is in that arm, so that nobody is"
          + " left to compare with it", parameter: "reference")
    }
    return control
  }
}
