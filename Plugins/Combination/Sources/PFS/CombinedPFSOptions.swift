import PluginData
import PluginKit
import PluginProtocol

/// What the user asked `combined-pfs` for.
struct CombinedPFSOptions: Sendable {
  let first: String
  let second: String
  /// The observed combination, where it is to be compared.
  let combination: String?
  let endpoint: ProgressionEndpoint
  let selection: SubjectSelection
  let settings: PFSSettings
  let unit: TimeUnit

  var level: Double { settings.level }

  /// Correlations every answer is given for.
  static let swept = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]

  init(_ values: Parameters) throws(Refusal) {
    first = try Self.arm("first", values.text("first"))
    second = try Self.arm("second", values.text("second"))
    combination = try values.optionalText("combination")
      .map { text throws(Refusal) in try Self.arm("combination", text) }
    endpoint = try ProgressionEndpoint(values)
    selection = try SubjectSelection(values)
    settings = PFSSettings(
      correlation: try values.correlation(), swept: Self.swept,
      firstScan: try values.optionalDays("first-scan"),
      horizon: try values.optionalDays("until"), patients: try values.optionalInt("patients"),
      level: try values.double("level"))
    unit = try values.choice("unit")
    try checkArms()
  }

  private func checkArms() throws(Refusal) {
    let arms = [first, second] + (combination.map { [$0] } ?? [])
    guard Set(arms).count < arms.count else { return }
    throw Refusal(
      "parameter.combination",
      "first=, second= and combination= name \(arms.joined(separator: ", ")): an arm cannot be"
        + " compared with itself", parameter: arms[0] == arms[1] ? "second" : "combination",
      expected: "different arms")
  }

  private static func arm(_ parameter: String, _ text: String) throws(Refusal) -> String {
    let name = text.hasPrefix("arm:") ? String(text.dropFirst(4)) : ""
    guard !name.isEmpty else {
      throw .parameter(parameter, text, expected: "an arm of the data set, such as arm:placebo")
    }
    return name
  }
}
