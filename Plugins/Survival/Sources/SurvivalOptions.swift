import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent
import TrialData

/// What the user asked for.
struct SurvivalOptions: Sendable {
  var endpoint: Endpoint
  var by: GroupColumn?
  /// The group compared with, as it was written.
  var reference: String?
  var strata: [GroupColumn]
  /// Columns in whose subgroups two groups are compared.
  var subgroups: [GroupColumn]
  var selection: SubjectSelection
  /// The scale that is quoted, then the others that are shown.
  var scales: [SurvivalLimits.Scale]
  var conventions: SurvivalConventions
  var level: Double
  /// Days.
  var landmarks: [Double]
  /// Days.
  var historicalMedians: [Double]
  /// In days; where responders are compared with others from.
  var responderLandmark: Double?
  /// In days.
  var horizon: Double?
  var weights: [LogRankWeight]
  /// Whether a MaxCombo test is wanted, where there are two groups.
  var combinesWeights: Bool
  var ties: CoxTies
  var unit: TimeUnit
  var derivation: DerivationOptions
  /// Whether every patient's time is listed.
  var listsTimes: Bool

  init(_ values: Parameters) throws(Refusal) {
    endpoint = try Endpoint(values.text("endpoint"))
    by = try values.optionalChoice("by")
    reference = try values.optionalText("reference")
    strata = try GroupColumn.list(values.optionalText("stratify"), of: "stratify")
    subgroups = try GroupColumn.list(values.optionalText("subgroups"), of: "subgroups")
    selection = try SubjectSelection(values)
    let conventions: SurvivalConventions = try values.choice("conventions")
    self.conventions = conventions
    scales = try Self.scales(values.text("limits"), conventions)
    level = try values.double("level")
    landmarks = try Self.rising("at", values.optionalText("at"))
    historicalMedians = try Self.rising(
      "historical-median", values.optionalText("historical-median"))
    if historicalMedians.first == 0 {
      throw .parameter("historical-median", "0", expected: "a duration above 0, such as 5.8mo")
    }
    responderLandmark = try values.optionalDays("landmark")
    if let responderLandmark, responderLandmark < 1 {
      throw .parameter(
        "landmark", "\(responderLandmark)d", expected: "a duration of at least a day")
    }
    horizon = try values.optionalDays("until")
    if let horizon, horizon < 1 {
      throw .parameter("until", "\(horizon)", expected: "a duration of at least a day")
    }
    let tests = try WeightChoice(values)
    (weights, combinesWeights) = (tests.weights, tests.combines)
    ties = try values.optionalChoice("ties") ?? (conventions == .sas ? .breslow : .efron)
    unit = try values.choice("unit")
    derivation = try DerivationOptions(values)
    derivation.servesResponses = responderLandmark != nil
    listsTimes = try values.flag("times")
    try checkComparison(isTestAsked: values.has("test"))
  }

  var primaryScale: SurvivalLimits.Scale { scales[0] }

  private func checkComparison(isTestAsked: Bool) throws(Refusal) {
    guard by == nil else {
      try checkSubgroups()
      guard let by, strata.contains(by) else { return }
      throw Refusal(
        "parameter.combination",
        "stratify=\(by.rawValue): the groups of by=\(by.rawValue) cannot be their own strata",
        parameter: "stratify", expected: "another column than by=")
    }
    let asked: [(String, Bool)] = [
      ("test", isTestAsked), ("stratify", !strata.isEmpty), ("reference", reference != nil),
      ("subgroups", !subgroups.isEmpty),
    ]
    guard let (name, _) = asked.first(where: \.1) else { return }
    throw Refusal(
      "parameter.combination",
      "\(name)= compares groups, and none are named: add by=arm, dose_level, cohort or sex",
      parameter: "by", expected: "a column that tells groups apart")
  }

  private func checkSubgroups() throws(Refusal) {
    guard let by, let column = subgroups.first(where: { $0 == by || strata.contains($0) }) else {
      return
    }
    let other = column == by ? "by=\(by.rawValue) compares" : "stratify= holds apart"
    throw Refusal(
      "parameter.combination",
      "subgroups=\(column.rawValue): \(other) the same groups already", parameter: "subgroups",
      expected: "another column than by= and stratify=")
  }

  private static func scales(
    _ text: String, _ conventions: SurvivalConventions
  ) -> [SurvivalLimits.Scale] {
    if let one = SurvivalLimits.Scale(rawValue: text) { return [one] }
    let first = conventions.scale
    return [first] + SurvivalLimits.Scale.allCases.filter { $0 != first }
  }

  private static let mostLandmarks = 20

  private static func rising(_ name: String, _ text: String?) throws(Refusal) -> [Double] {
    guard let text else { return [] }
    var days: [Double] = []
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    for part in parts {
      guard let day = ParameterDeclaration.days(String(part)), day > days.last ?? -1, day < 1e6,
        parts.count <= mostLandmarks
      else {
        throw .parameter(name, text, expected: "durations in rising order, such as 6mo,12mo")
      }
      days.append(day)
    }
    return days
  }
}
