import PluginKit
import PluginProtocol
import RECIST
import TimeToEvent

/// Where times come from, and by which rules they are derived.
struct DerivationOptions: Sendable {
  enum Source: String, CaseIterable, Sendable { case auto, events, reported, lesions }

  let source: Source
  let evaluator: String?
  let derivation: EndpointDerivation
  /// Nothing where responses stand unconfirmed.
  let confirmation: BestResponseRules.Confirmation?
  /// The first parameter given that makes sense of derived times only.
  let given: String?
  /// Whether responses are wanted beside times that are read.
  var servesResponses = false

  private static let names = [
    "criteria", "evaluator", "confirm", "new-therapy", "longest-gap", "death", "non-responders",
  ]

  init(_ values: Parameters) throws(Refusal) {
    source = try values.optionalChoice("from") ?? .auto
    evaluator = try values.optionalText("evaluator")
    let standard: ResponseStandard = try values.optionalChoice("criteria") ?? .recist1_1
    let confirmation = try Self.confirmation(values.optionalText("confirm"), standard)
    self.confirmation = confirmation
    let gap = try Self.gap(values)
    derivation = EndpointDerivation(
      rules: CensoringRules(
        newTherapy: try values.optionalChoice("new-therapy") ?? .censor,
        missedScans: gap.map(CensoringRules.MissedScans.init(longestGap:)),
        deathWithoutProgression: try values.optionalChoice("death") ?? .lastAssessment,
        nonResponders: try values.optionalChoice("non-responders") ?? .leftOut),
      response: BestResponseRules(confirmation: confirmation), standard: standard)
    given = Self.names.first(where: values.has)
  }

  private static func gap(_ values: Parameters) throws(Refusal) -> Int? {
    guard let days = try values.optionalDays("longest-gap") else { return nil }
    guard days >= 1, days <= 36_525 else {
      throw .parameter("longest-gap", "\(days)d", expected: "a duration of at least a day")
    }
    return Int(days.rounded(.down))
  }

  private static func confirmation(
    _ text: String?, _ standard: ResponseStandard
  ) throws(Refusal) -> BestResponseRules.Confirmation? {
    guard let text else { return standard.confirmation }
    if text == "none" { return nil }
    guard let days = ParameterDeclaration.days(text), days <= 36_525 else {
      throw .parameter("confirm", text, expected: "none, or a duration such as 28d or 4w")
    }
    return .init(gapDays: Int(days.rounded(.up)))
  }

  /// Rules that nobody asked about are not silently dropped.
  func refuseUnused(_ endpoint: Endpoint, in name: String) throws(Refusal) {
    guard let given, !servesResponses else { return }
    throw Refusal(
      "parameter.combination",
      "\(given)= is for times derived from assessments, and \(endpoint.name) is read from the events"
        + " of \(name): add from=reported or from=lesions", parameter: given)
  }
}
