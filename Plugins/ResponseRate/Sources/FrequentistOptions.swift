import PluginKit
import PluginProtocol
import Statistics

/// What the user asked for of ratios, strata, conventions and tipping points.
struct FrequentistOptions: Sendable {
  var ratio: Options.Selection<RatioInterval.Method>?
  var odds: Options.Selection<OddsRatioInterval.Method>?
  var conventions: Conventions?
  var tipping: Tipping
  var stratification: Stratification?
  /// The arm of `control=arm:NAME`.
  var controlArm: String?

  enum Tipping: String, CaseIterable, Sendable { case none, points, curve }

  /// The columns of subjects strata can be made of.
  enum Stratification: String, CaseIterable, Sendable {
    case cohort, sex
    case doseLevel = "dose_level"

    var grouping: Options.Grouping {
      switch self {
      case .cohort: .cohort
      case .sex: .sex
      case .doseLevel: .doseLevel
      }
    }
  }

  /// Parameters that speak of patients, and make no sense beside a count.
  static let dataParameters = ["stratify"]

  init(_ values: Parameters) throws(Refusal) {
    ratio = Options.selection(try values.optionalText("ratio"))
    odds = Options.selection(try values.optionalText("odds"))
    conventions = try values.optionalChoice("conventions")
    tipping = try values.optionalChoice("tipping") ?? .none
    stratification = try values.optionalChoice("stratify")
    let control = try values.optionalText("control")
    controlArm = Self.arm(control)
    if stratification != nil, controlArm == nil {
      throw Refusal(
        "parameter.combination",
        "stratify= compares two arms stratum by stratum: it needs control=arm:NAME",
        parameter: "stratify", expected: "control=arm: and an arm of the data set")
    }
  }

  /// An arm is one of a data set's.
  func refuseArm() throws(Refusal) {
    guard let controlArm else { return }
    throw Refusal(
      "parameter.combination",
      "control=arm:\(controlArm) needs a data set; a count has no arms", parameter: "control")
  }

  /// A ratio is one to counts, and a tipping point one of a control.
  func check(against control: Control?) throws(Refusal) {
    if tipping != .none, control == nil {
      throw Refusal(
        "parameter.combination", "tipping= needs one control= to vary", parameter: "tipping")
    }
    guard control?.count == nil else { return }
    let reason =
      control.map { "; \($0.label) is a rate taken as known" } ?? ""
    for (name, isGiven) in [("ratio", ratio != nil), ("odds", odds != nil)] where isGiven {
      throw Refusal(
        "parameter.combination", "\(name)= needs a control given as counts\(reason)",
        parameter: name)
    }
  }

  /// The arm among the controls, if one of them is.
  private static func arm(_ control: String?) -> String? {
    control?.split(separator: ",").lazy.compactMap { Control.arm(String($0)) }.first
  }
}
