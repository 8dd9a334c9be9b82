internal import Glibc

/// A treated group's rate beside a control's, as probabilities.
///
/// The two are independent; the treated rate is beta distributed.
public struct RateComparison: Sendable {
  public let treated: BetaShape
  public let control: RateDensity

  public init(treated: BetaShape, control: RateDensity) {
    self.treated = treated
    self.control = control
  }

  /// The probability that the treated rate is the higher one.
  public var probabilityOfSuperiority: Double {
    min(1, control.expectation { treated.upperTail($0) })
  }

  /// The mean of the treated rate less the control's.
  public var meanDifference: Double { treated.mean - control.mean }

  /// The probability that the treated rate is at most the control's plus `difference`.
  public func lowerTail(_ difference: Double) -> Double {
    guard difference > -1 else { return 0 }
    guard difference < 1 else { return 1 }
    // Below 0 the treated rate has no mass and above 1 all of it: the integrand bends there.
    if difference < 0 {
      return control.expectation(above: -difference) { treated.lowerTail($0 + difference) }
    }
    let above = control.expectation(below: 1 - difference) {
      treated.upperTail($0 + difference)
    }
    return max(0, 1 - above)
  }

  /// The difference below which `tail` of the probability lies.
  ///
  /// - Complexity: about ten integrals over the control's density.
  public func quantile(_ tail: Double) -> Double {
    let spread = (treated.variance + pow(control.standardDeviation, 2)).squareRoot()
    let center = meanDifference
    var (low, high) = (max(-1, center - 3 * spread), min(1, center + 3 * spread))
    while low > -1, lowerTail(low) > tail { low = max(-1, low - 3 * spread) }
    while high < 1, lowerTail(high) < tail { high = min(1, high + 3 * spread) }
    return bracketedRoot(between: low, and: high) { lowerTail($0) - tail }
  }

  /// The interval with equal probability on both sides of it.
  public func interval(level: Double) throws(StatisticsError) -> (lower: Double, upper: Double) {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    return (quantile((1 - level) / 2), quantile((1 + level) / 2))
  }
}
