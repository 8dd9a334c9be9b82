import JSON
import PluginKit
import PluginProtocol
import TrialData

/// What the late change under chemotherapy alone is taken from.
enum Reference: Sendable, Hashable {
  case arm(String)
  /// Another data set.
  case dataset(String)
  /// A model of chemotherapy alone with this response rate.
  case model(rate: Double, text: String)
  /// A model of chemotherapy alone that does as each control of this regimen did.
  case regimen(String)

  private static let expectation =
    "arm:NAME for an arm of the data set, dataset:NAME for another data set, plugin:NAME for the"
    + " controls of an installed regimen, or model: and a control's response rate such as"
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
    case "dataset": self = .dataset(value)
    case "plugin": self = .regimen(value)
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
}
