/// The time by which a fraction of subjects has had the event, with Brookmeyer and Crowley's limits.
///
/// The limits are the times at which the limits of the survival curve pass the same height, so they
/// depend on the scale of those.
///
/// ## References
///
/// - Brookmeyer R, Crowley J (1982). A confidence interval for the median survival time.
///   *Biometrics* 38:29–41.
public struct SurvivalQuantile: Sendable, Hashable {
  /// The fraction with the event: 0.5 for the median.
  public let probability: Double
  /// Nil where the curve does not come down to 1 − `probability`.
  public let time: Double?
  /// Nil where the lower limit of the curve does not come down that far.
  public let lower: Double?
  /// Nil where the upper limit of the curve does not come down that far.
  public let upper: Double?
  public let level: Double
  public let scale: SurvivalLimits.Scale
  public let rule: Rule
}

extension SurvivalQuantile {
  /// How a time is read off a curve of steps.
  ///
  /// All take the first time at which the curve is below 1 − p. They differ where the curve
  /// runs level at exactly 1 − p. Raw values are the names used in commands and results.
  public enum Rule: String, Sendable, Hashable, Codable, CaseIterable {
    /// The middle of the level run; a run to the end of follow-up ends there. The same for the
    /// limits. Heights within √ε are equal (`quantile` of R's survival).
    case r
    /// The middle of the level run, or its start where the curve falls no further. The same for
    /// the limits (what R's `print` and `summary` of a survival curve show, and tern's median).
    case rSummary = "r-summary"
    /// The middle of the level run, and no time where the curve falls no further. The limits are
    /// the first event time at which their curve has come down to 1 − p (the lower one) or below
    /// (the upper one) (SAS's LIFETEST).
    case sas
  }
}

extension KaplanMeier {
  /// The time by which a fraction `probability` has had the event.
  ///
  /// - Throws: ``TimeToEventError/probabilityOutOfRange(_:)`` and
  ///   ``TimeToEventError/levelOutOfRange(_:)`` unless they lie strictly between 0 and 1.
  public func quantile(
    _ probability: Double, scale: SurvivalLimits.Scale = .log, level: Double = 0.95,
    rule: SurvivalQuantile.Rule = .r
  ) throws(TimeToEventError) -> SurvivalQuantile {
    guard probability > 0, probability < 1 else { throw .probabilityOutOfRange(probability) }
    let z = try deviate(ofLevel: level)
    let limits = survival.indices.map {
      scale.limits(survival[$0], logError: logVariance[$0].squareRoot(), deviate: z)
    }
    let height = 1 - probability
    return SurvivalQuantile(
      probability: probability,
      time: StepCurve(times: times, heights: survival).time(at: height, rule, of: .estimate),
      lower: StepCurve(times: times, heights: limits.map { $0?.lower })
        .time(at: height, rule, of: .lower),
      upper: StepCurve(times: times, heights: limits.map { $0?.upper })
        .time(at: height, rule, of: .upper),
      level: level, scale: scale, rule: rule)
  }

  /// The time by which half have had the event.
  ///
  /// - Throws: ``TimeToEventError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public func median(
    scale: SurvivalLimits.Scale = .log, level: Double = 0.95, rule: SurvivalQuantile.Rule = .r
  ) throws(TimeToEventError) -> SurvivalQuantile {
    try quantile(0.5, scale: scale, level: level, rule: rule)
  }
}
