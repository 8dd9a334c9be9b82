/// A survival curve of steps, as far as it is known.
///
/// The common ground of curves that come from patients, from points read off a figure, and from a
/// prediction. Any unit of time will do, so long as all curves have the same.
public struct SurvivalFunction: Sendable, Hashable {
  /// The times at which it falls, rising.
  public let times: [Double]
  /// Its height right after each of ``times``, falling.
  public let survival: [Double]
  /// The last time at which it is known: the end of follow-up, infinite once it is 0.
  public let knownTo: Double

  /// - Precondition: times rise, survival falls strictly from below 1, and there is one for each
  ///   time.
  init(fallingAt times: [Double], to survival: [Double], followedTo end: Double) {
    self.times = times
    self.survival = survival
    knownTo = survival.last == 0 ? .infinity : end
  }

  /// S(t), the probability of a time beyond `time`.
  ///
  /// After ``knownTo`` it is the last height, of which nothing says whether it still holds.
  public func survival(at time: Double) -> Double {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 1 : survival[low - 1]
  }

  /// The same curve, known to `horizon` only.
  public func limited(to horizon: Double) -> Self {
    guard horizon < knownTo else { return self }
    let kept = times.prefix { $0 <= horizon }.count
    return Self(
      fallingAt: Array(times.prefix(kept)), to: Array(survival.prefix(kept)),
      followedTo: horizon)
  }
}

extension SurvivalFunction {
  /// The time by which a share of 1 − `height` has had the event.
  ///
  /// By R's rule (``SurvivalQuantile/Rule/r``): the middle of a run at that height, the first time
  /// below it otherwise. Nil where the curve does not come down that far.
  public func time(at height: Double) -> Double? {
    let end = knownTo < .infinity ? [knownTo] : []
    guard let last = survival.last else { return nil }
    return StepCurve(times: times + end, heights: survival + end.map { _ in last })
      .time(at: height, .r, of: .estimate)
  }

  /// The time by which half have had the event; nil where it is not reached.
  public var median: Double? { time(at: 0.5) }

  /// The area under the curve up to `horizon`.
  ///
  /// - Throws: ``TimeToEventError/unusableHorizon(_:)`` unless it is above 0 and finite,
  ///   ``TimeToEventError/horizonBeyondFollowUp(_:last:)`` past ``knownTo``.
  public func restrictedMean(to horizon: Double) throws(TimeToEventError) -> Double {
    guard horizon > 0, horizon < .infinity else { throw .unusableHorizon(horizon) }
    guard horizon <= knownTo else {
      throw .horizonBeyondFollowUp(horizon, last: knownTo)
    }
    var (area, start, height) = (0.0, 0.0, 1.0)
    for (time, next) in zip(times, survival) where time < horizon {
      area += height * (time - start)
      (start, height) = (time, next)
    }
    return area + height * (horizon - start)
  }
}
