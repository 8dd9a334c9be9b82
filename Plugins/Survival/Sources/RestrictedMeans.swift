import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent

/// Mean times free of the event up to a horizon, and their differences.
struct RestrictedMeans {
  let options: SurvivalOptions
  let cohort: Cohort
  let curves: [SurvivalCurve]

  /// In days; nil where the shortest follow-up is of day 0.
  private var horizon: Double? {
    if let wanted = options.horizon { return wanted }
    let longest = curves.map(\.lastDay).min() ?? 0
    return longest > 0 ? longest : nil
  }

  func write(into document: inout ResultDocument) throws {
    guard let horizon else { return }
    try checkHorizon(horizon)
    let words = "to \(options.unit.text(horizon))"
    document.estimates += try curves.map { curve in
      let mean = try curve.estimate.restrictedMean(to: horizon)
      return .init(
        name: "restricted-mean", label: "Restricted mean \(words)",
        value: options.unit.value(mean.mean), unit: options.unit.rawValue,
        status: mean.standardError > 0 ? nil : "no limits: \(Self.noVariance)",
        interval: mean.standardError > 0
          ? interval(try mean.limits(level: options.level)) : nil, group: curve.label)
    }
    guard cohort.groups != nil else { return }
    for place in curves.indices where place != cohort.reference {
      try writeContrast(place, horizon, words, into: &document)
    }
  }

  /// Greenwood's formula takes a group in which nobody, or everybody at once, had the event by the
  /// horizon to be without variance; limits and a test that rest on it would be too sure.
  private static let noVariance = "a group's events by then are too few to estimate a variance"

  private func checkHorizon(_ horizon: Double) throws(Refusal) {
    let short = curves.filter { curve in
      let last = curve.estimate.survival[curve.estimate.survival.count - 1]
      return curve.lastDay < horizon && last > 0
    }
    guard let shortest = short.min(by: { $0.lastDay < $1.lastDay }) else { return }
    let place = shortest.label.map { " of \($0)" } ?? ""
    throw Refusal(
      "data.beyond-follow-up",
      "until= is day \(dayText(horizon)), and the last patient\(place) was followed to"
        + " day \(dayText(shortest.lastDay)): a mean up to a later day cannot be estimated",
      parameter: "until", expected: "at most \(dayText(shortest.lastDay))d")
  }

  private func writeContrast(
    _ place: Int, _ horizon: Double, _ words: String, into document: inout ResultDocument
  ) throws {
    let reference = curves[cohort.reference]
    let contrast = try RestrictedMeanContrast(
      treated: curves[place].estimate, control: reference.estimate, horizon: horizon)
    let isKnown = contrast.treated.standardError > 0 && contrast.control.standardError > 0
    let status = isKnown ? nil : "no limits: \(Self.noVariance)"
    document.estimates += [
      .init(
        name: "restricted-mean-change", label: "Restricted mean \(words), less \(reference.name)",
        value: options.unit.value(contrast.difference), unit: options.unit.rawValue,
        status: status,
        interval: isKnown ? interval(try contrast.differenceLimits(level: options.level)) : nil,
        group: curves[place].label),
      .init(
        name: "restricted-mean-ratio", label: "Restricted mean \(words), over \(reference.name)",
        value: contrast.ratio,
        status: status,
        interval: isKnown
          ? Self.logInterval(try contrast.ratioLimits(level: options.level), options.level) : nil,
        group: curves[place].label),
    ]
    document.tests.append(
      .init(
        name: "restricted-means", method: "restricted-mean-difference", alternative: "two-sided",
        statistic: isKnown ? contrast.difference / contrast.standardError : nil,
        pValue: isKnown ? contrast.pValue() : nil, status: isKnown ? nil : Self.noVariance,
        versus: "the mean of \(reference.name)", group: curves[place].label))
  }

  private func interval(_ limits: SurvivalLimits) -> ResultDocument.Interval {
    .init(
      method: "normal", level: options.level, lower: options.unit.value(limits.lower),
      upper: options.unit.value(limits.upper))
  }

  private static func logInterval(
    _ limits: SurvivalLimits, _ level: Double
  ) -> ResultDocument.Interval {
    .init(method: "log-normal", level: level, lower: limits.lower, upper: limits.upper)
  }
}
