import PluginKit
import Statistics

/// A combination beside one null, with the parts' counts of one set of trials.
struct NullComparison: Sendable {
  let label: String
  let excess: CombinationExcess
  /// One-sided, by the delta method.
  let z: Double?
  let pValue: Double
  let bootstrapPValue: Double
  let posteriorProbability: Double
  /// The second part's rate at which the null would give what was observed.
  let impliedRate: Double?

  init(_ label: String, _ null: ResponseNull, _ trials: CombinedTrials, _ first: ResponseCount)
    throws
  {
    self.label = label
    excess = CombinationExcess(
      combination: trials.combination, first: first, second: trials.second, null: null)
    let test = excess.waldTest
    z = test.statistic
    pValue = test.pValue
    bootstrapPValue = try excess.bootstrapPValue()
    posteriorProbability = excess.posteriorProbability
    impliedRate = null.impliedRate(of: trials.combination.rate, beside: first.rate)
  }

  /// The nulls in order of what they grant the parts.
  static func all(_ trials: CombinedTrials, _ first: ResponseCount, _ context: RunContext) throws
    -> [Self]
  {
    var nulls: [(String, ResponseNull)] = [("better part alone (HSA)", .highestSingleAgent)]
    let correlations = Set([trials.correlation, 0.6, 0]).sorted(by: >)
    for correlation in correlations {
      let normal = try BivariateNormal(correlation: correlation)
      nulls.append(
        correlation == 0
          ? ("independent (Bliss)", .bliss)
          : ("correlated \(correlation)", .correlated(normal)))
    }
    nulls.append(("rates add up", .simpleSum))
    return try nulls.map { label, null in
      try context.checkCancellation()
      return try Self(label, null, trials, first)
    }
  }
}
