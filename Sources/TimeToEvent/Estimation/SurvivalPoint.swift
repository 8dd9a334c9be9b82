/// What a Kaplan-Meier curve says of one time.
public struct SurvivalPoint: Sendable, Hashable {
  public let time: Double
  /// The probability to be free of the event beyond `time`.
  public let survival: Double
  /// Greenwood's, S √(Σ d / (n (n − d))); nil where survival is 0.
  public let standardError: Double?
  /// How many were followed to `time` or longer.
  public let atRisk: Int
  /// How many events happened up to and at `time`.
  public let events: Int
  /// Whether `time` is past the last observation while survival is not 0: the curve says nothing
  /// of it, and `survival` is only its last value (R's `extend = TRUE`).
  public let isBeyondFollowUp: Bool
  private let logVariance: Double

  init(
    time: Double, survival: Double, logVariance: Double, atRisk: Int, events: Int,
    isBeyondFollowUp: Bool
  ) {
    self.time = time
    self.survival = survival
    self.logVariance = logVariance
    standardError = survival > 0 ? survival * logVariance.squareRoot() : nil
    self.atRisk = atRisk
    self.events = events
    self.isBeyondFollowUp = isBeyondFollowUp
  }

  /// The limits of the survival; nil where it is 0, whose standard error is not defined.
  ///
  /// - Throws: ``TimeToEventError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public func limits(
    _ scale: SurvivalLimits.Scale, level: Double = 0.95
  ) throws(TimeToEventError) -> SurvivalLimits? {
    scale.limits(
      survival, logError: logVariance.squareRoot(), deviate: try deviate(ofLevel: level))
  }
}

extension KaplanMeier {
  /// What the curve says of `time`; before the first observation survival is 1.
  ///
  /// - Complexity: O(log *n*), but for `events`.
  public func point(at time: Double) -> SurvivalPoint {
    let next = firstIndex { times[$0] > time }
    let atRiskIndex = next > 0 && times[next - 1] == time ? next - 1 : next
    let survival = next > 0 ? survival[next - 1] : 1
    return SurvivalPoint(
      time: time, survival: survival, logVariance: next > 0 ? logVariance[next - 1] : 0,
      atRisk: atRiskIndex < times.count ? atRisk[atRiskIndex] : 0,
      events: events[..<next].reduce(0, +),
      isBeyondFollowUp: next == times.count && times[next - 1] < time && survival > 0)
  }

  /// How many are at risk just before each of `times`: the numbers below a published curve.
  public func atRisk(at times: [Double]) -> [Int] { times.map { point(at: $0).atRisk } }

  /// The first place for which `condition`, false up to it and true from it on, is true.
  private func firstIndex(where condition: (Int) -> Bool) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
