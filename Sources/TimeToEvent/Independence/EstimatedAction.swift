internal import Glibc

import Statistics

/// Independent action of two samples, with what their numbers of patients leave uncertain.
///
/// By the delta method, Var S(t) = Σ (∂S/∂Sᵢ)² Var Sᵢ(t), with Greenwood's variances of the parts'
/// Kaplan-Meier curves. The parts' patients are different ones, so that nothing is shared; the
/// copula's correlation is taken for known.
public struct EstimatedAction: Sendable, Hashable {
  public let action: IndependentAction
  private let first: KaplanMeier
  private let second: KaplanMeier

  /// Two samples' curves, with Spearman's correlation of the times one patient would have under
  /// each.
  ///
  /// - Throws: ``TimeToEventError/rankCorrelationOutOfRange(_:)`` unless it lies from −1 to 1.
  public init(
    _ first: KaplanMeier, _ second: KaplanMeier, correlation: Double
  ) throws(TimeToEventError) {
    (self.first, self.second) = (first, second)
    action = try IndependentAction(
      SurvivalFunction(first), SurvivalFunction(second), correlation: correlation)
  }

  /// The standard error of S(t); 0 before the first event and where either curve is certain.
  public func standardError(at time: Double) -> Double {
    let (one, two) = (first.point(at: time), second.point(at: time))
    let slopes = ResponseNull.correlated(action.copula).slopes(one.survival, two.survival)
    return hypot(error(one, slopes.first), error(two, slopes.second))
  }

  /// What one part's error adds: nothing where it has none, whatever the slope there.
  private func error(_ point: SurvivalPoint, _ slope: Double) -> Double {
    guard let error = point.standardError, error > 0 else { return 0 }
    return slope * error
  }

  /// The time by which half have had the event, with limits read off those of the curve.
  ///
  /// - Throws: ``TimeToEventError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public func median(
    scale: SurvivalLimits.Scale = .log, level: Double = 0.95
  ) throws(TimeToEventError) -> SurvivalQuantile {
    let z = try deviate(ofLevel: level)
    let curve = action.combination
    let end = min(action.first.knownTo, action.second.knownTo)
    let times = curve.times + (end < .infinity && end > curve.times.last ?? 0 ? [end] : [])
    let limits = times.map { time in
      let survival = curve.survival(at: time)
      return scale.limits(survival, logError: standardError(at: time) / survival, deviate: z)
    }
    func read(_ heights: [Double?], _ kind: StepCurve.Kind) -> Double? {
      times.isEmpty ? nil : StepCurve(times: times, heights: heights).time(at: 0.5, .r, of: kind)
    }
    return SurvivalQuantile(
      probability: 0.5, time: curve.median, lower: read(limits.map { $0?.lower }, .lower),
      upper: read(limits.map { $0?.upper }, .upper), level: level, scale: scale, rule: .r)
  }
}
