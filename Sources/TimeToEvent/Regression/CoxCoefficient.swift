internal import Glibc

public import Statistics

/// The logarithm of a hazard ratio, for one unit more of a covariate.
public struct CoxCoefficient: Sendable, Hashable {
  public let name: String
  public let estimate: Double
  public let standardError: Double

  public var hazardRatio: Double { exp(estimate) }

  /// *z*.
  public var statistic: Double { estimate / standardError }

  /// Wald's limits of the hazard ratio: exp(β ± z SE).
  ///
  /// - Throws: ``TimeToEventError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public func hazardRatioLimits(
    level: Double = 0.95
  ) throws(TimeToEventError) -> SurvivalLimits {
    let half = try deviate(ofLevel: level) * standardError
    return SurvivalLimits(lower: exp(estimate - half), upper: exp(estimate + half))
  }

  /// Wald's test that the coefficient is 0; `.greater` means a higher hazard.
  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    switch alternative {
    case .twoSided: 2 * normalUpperTail(statistic.magnitude)
    case .greater: normalUpperTail(statistic)
    case .less: normalLowerTail(statistic)
    }
  }
}
