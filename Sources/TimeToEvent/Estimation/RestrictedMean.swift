/// The mean time free of the event up to a horizon: the area under a survival curve.
///
/// Its variance is Σ A(tⱼ)² dⱼ / (nⱼ (nⱼ − dⱼ)), A(t) the area from *t* to the horizon.
///
/// ## References
///
/// - Klein JP, Moeschberger ML (2003). *Survival Analysis*, 2nd ed. Springer, section 4.5.
/// - Royston P, Parmar MKB (2013). Restricted mean survival time: an alternative to the hazard ratio
///   for the design and analysis of randomized trials with a time-to-event outcome. *BMC Med Res
///   Methodol* 13:152.
public struct RestrictedMean: Sendable, Hashable {
  public let horizon: Double
  public let mean: Double
  public let standardError: Double

  /// mean ± z SE.
  ///
  /// - Throws: ``TimeToEventError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public func limits(level: Double = 0.95) throws(TimeToEventError) -> SurvivalLimits {
    let half = try deviate(ofLevel: level) * standardError
    return SurvivalLimits(lower: mean - half, upper: mean + half)
  }
}

extension KaplanMeier {
  /// The mean time free of the event up to `horizon`.
  ///
  /// - Throws: ``TimeToEventError/unusableHorizon(_:)`` unless it is above 0 and finite,
  ///   ``TimeToEventError/horizonBeyondFollowUp(_:last:)`` where it is past the last observation and
  ///   survival is not 0 there (R would go on at the last height).
  public func restrictedMean(to horizon: Double) throws(TimeToEventError) -> RestrictedMean {
    guard horizon > 0, horizon < .infinity else { throw .unusableHorizon(horizon) }
    let last = times[times.count - 1]
    guard horizon <= last || survival[times.count - 1] == 0 else {
      throw .horizonBeyondFollowUp(horizon, last: last)
    }
    var (area, variance, end) = (0.0, 0.0, horizon)
    for index in times.indices.reversed() where times[index] < horizon {
      area += survival[index] * (end - times[index])
      end = times[index]
      let (n, d) = (Double(atRisk[index]), Double(events[index]))
      // After the last subject's event nothing is left: 0 × ∞, and 0 in the limit.
      if d > 0, n > d { variance += area * area * d / (n * (n - d)) }
    }
    return RestrictedMean(
      horizon: horizon, mean: area + end, standardError: variance.squareRoot())
  }
}
