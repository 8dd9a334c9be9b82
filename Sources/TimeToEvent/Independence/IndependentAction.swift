public import Statistics

/// A combination whose parts act independently: each patient is free of the event as long as the
/// better of the two parts alone would have kept them so.
///
/// T = max(T₁, T₂), with T₁ and T₂ of one patient tied by a Gaussian copula, so that
/// S(t) = S₁(t) + S₂(t) − Pr(T₁ > t, T₂ > t): a bivariate normal probability at each time, and no
/// simulation. The published method draws patients instead (Palmer and Sorger by shuffling ranks a
/// little, Hwangbo et al. by this copula); with more and more of them it comes to this.
///
/// It speaks of progression-free survival. Its authors do not claim it for overall survival, which
/// later treatment prolongs.
///
/// ## References
///
/// - Palmer AC, Sorger PK (2017). Combination cancer therapy can confer benefit via
///   patient-to-patient variability without drug additivity or synergy. *Cell* 171:1678–1691.
public struct IndependentAction: Sendable, Hashable {
  public let first: SurvivalFunction
  public let second: SurvivalFunction
  public let copula: BivariateNormal

  /// The two parts, with Spearman's correlation of the times one patient would have under each.
  ///
  /// - Throws: ``TimeToEventError/rankCorrelationOutOfRange(_:)`` unless it lies from −1 to 1.
  public init(
    _ first: SurvivalFunction, _ second: SurvivalFunction, correlation: Double
  ) throws(TimeToEventError) {
    self.first = first
    self.second = second
    copula = try BivariateNormal(spearman: correlation)
  }

  /// S(t), to about 1e-15.
  public func survival(at time: Double) -> Double {
    // What is above a threshold under either part is as a response to either part is.
    min(
      1, ResponseNull.correlated(copula).rate(first.survival(at: time), second.survival(at: time)))
  }

  /// The whole curve, known as far as both parts' are.
  ///
  /// - Complexity: one bivariate normal probability a step of either curve.
  public var combination: SurvivalFunction {
    let end = min(first.knownTo, second.knownTo)
    let times = Set(first.times + second.times).sorted().filter { $0 <= end }
    var (falls, heights): ([Double], [Double]) = ([], [])
    for time in times {
      let height = survival(at: time)
      guard height < heights.last ?? 1 else { continue }
      falls.append(time)
      heights.append(height)
    }
    return SurvivalFunction(fallingAt: falls, to: heights, followedTo: end)
  }
}
