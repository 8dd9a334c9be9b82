internal import Glibc

/// The posterior of the rate a combination would have if its parts did not interact.
///
/// The parts' rates have independent Beta(½ + x, ½ + n − x) posteriors (Jeffreys's prior), and the
/// combination has what the null makes of them. What is uncertain here is what the parts' own
/// counts leave open: that the null holds, and that both parts' patients are alike, is assumed.
///
/// All integrals are done by quadrature, without simulation. Every null takes its parts in either
/// order, so that the distribution function at t is ∫ f(p) F(q(t, p)) dp with f the density of the
/// part whose rate is known better, F the distribution function of the other's, and q the rate of
/// the other at which the null gives t: the integrand is nowhere sharper than f.
public struct CombinationPrediction: Sendable, Hashable {
  public let first: ResponseCount
  public let second: ResponseCount
  public let null: ResponseNull

  public init(first: ResponseCount, second: ResponseCount, null: ResponseNull) {
    self.first = first
    self.second = second
    self.null = null
  }

  /// The posteriors of the parts' rates, the one with the smaller variance first.
  var shapes: (sharp: BetaShape, wide: BetaShape) {
    let one = BetaShape.jeffreys.updated(by: first)
    let other = BetaShape.jeffreys.updated(by: second)
    return one.variance <= other.variance ? (one, other) : (other, one)
  }

  /// The posterior probability that the combination's rate is at most `rate`.
  public func lowerTail(_ rate: Double) -> Double {
    guard rate > 0 else { return 0 }
    guard rate < 1 else { return 1 }
    let (sharp, wide) = shapes
    let null = null.plain
    if null == .highestSingleAgent { return sharp.lowerTail(rate) * wide.lowerTail(rate) }
    let tail = sharp.integral(below: rate) { part in
      guard part < rate else { return 0 }
      return wide.lowerTail(null.impliedRate(of: rate, beside: part) ?? 1)
    }
    return min(1, tail)
  }

  /// The rate below which `tail` of the posterior lies.
  ///
  /// - Precondition: `tail` lies between 0 and 1, neither included.
  public func quantile(_ tail: Double) -> Double {
    precondition(tail > 0 && tail < 1)
    return bracketedRoot(between: 0, and: 1) { lowerTail($0) - tail }
  }

  /// Quantiles that leave the same mass on both sides.
  ///
  /// - Throws: ``StatisticsError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public func interval(
    level: Double
  ) throws(StatisticsError) -> (lower: Double, upper: Double) {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    return (quantile((1 - level) / 2), quantile((1 + level) / 2))
  }

  /// The posterior mean of the combination's rate.
  ///
  /// For ``ResponseNull/bliss`` m₁ + m₂ − m₁ m₂ with the parts' posterior means. For nulls with a
  /// bend an integral over the better known rate p alone, as with U the other's upper tail and U⁺
  /// that of Beta(a + 1, b) the other's expectation above p is m U⁺(p):
  /// E max = E[p (1 − U(p)) + m U⁺(p)], and E min(1, sum) is the sum of the means less
  /// E[m U⁺(1 − p) − (1 − p) U(1 − p)]. Otherwise the double integral over the parts.
  public var mean: Double {
    let (sharp, wide) = shapes
    let above = BetaShape(unchecked: wide.a + 1, wide.b)
    switch null.plain {
    case .bliss: return sharp.mean + wide.mean * (1 - sharp.mean)
    case .highestSingleAgent:
      return sharp.smoothExpectation {
        $0 * wide.lowerTail($0) + wide.mean * above.upperTail($0)
      }
    case .simpleSum:
      return sharp.mean + wide.mean
        - sharp.smoothExpectation {
          wide.mean * above.upperTail(1 - $0) - (1 - $0) * wide.upperTail(1 - $0)
        }
    case .correlated:
      let others = wide.logitNodes()
      return sharp.smoothExpectation { rate in
        others.reduce(0) { $0 + $1.weight * null.rate(rate, $1.rate) }
      }
    }
  }
}
