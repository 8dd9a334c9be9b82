internal import Glibc

public import Statistics

/// The restricted means of two groups compared: their difference and their ratio.
///
/// ## References
///
/// - Uno H, Claggett B, Tian L, et al (2014). Moving beyond the hazard ratio in quantifying the
///   between-group difference in survival analysis. *J Clin Oncol* 32:2380–2385.
public struct RestrictedMeanContrast: Sendable, Hashable {
  public let treated: RestrictedMean
  public let control: RestrictedMean

  /// - Throws: as ``KaplanMeier/restrictedMean(to:)``, of either group: the largest horizon there is,
  ///   is the shorter of the two groups' longest follow-up.
  public init(
    treated: KaplanMeier, control: KaplanMeier, horizon: Double
  ) throws(TimeToEventError) {
    self.treated = try treated.restrictedMean(to: horizon)
    self.control = try control.restrictedMean(to: horizon)
  }

  /// Treated less control.
  public var difference: Double { treated.mean - control.mean }

  public var standardError: Double {
    let (first, second) = (treated.standardError, control.standardError)
    return (first * first + second * second).squareRoot()
  }

  /// - Throws: ``TimeToEventError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public func differenceLimits(level: Double = 0.95) throws(TimeToEventError) -> SurvivalLimits {
    let half = try deviate(ofLevel: level) * standardError
    return SurvivalLimits(lower: difference - half, upper: difference + half)
  }

  /// Treated over control.
  public var ratio: Double { treated.mean / control.mean }

  /// By the delta method for the logarithm of the ratio.
  ///
  /// - Throws: ``TimeToEventError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public func ratioLimits(level: Double = 0.95) throws(TimeToEventError) -> SurvivalLimits {
    let (first, second) = (
      treated.standardError / treated.mean, control.standardError / control.mean
    )
    let half = try deviate(ofLevel: level) * (first * first + second * second).squareRoot()
    return SurvivalLimits(lower: ratio * exp(-half), upper: ratio * exp(half))
  }

  /// That the means are equal, by the difference over its standard error.
  ///
  /// `.greater` means that the treated group's is the longer. Nil where neither mean varies.
  public func pValue(_ alternative: Alternative = .twoSided) -> Double? {
    guard standardError > 0 else { return nil }
    let z = difference / standardError
    return switch alternative {
    case .twoSided: 2 * normalUpperTail(z.magnitude)
    case .greater: normalUpperTail(z)
    case .less: normalLowerTail(z)
    }
  }
}
