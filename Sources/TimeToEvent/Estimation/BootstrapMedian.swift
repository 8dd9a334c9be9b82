internal import TrialDesign

/// Medians of samples drawn with replacement from one.
///
/// Each replicate draws as many subjects as there are, from a stream of random numbers keyed by
/// seed and replicate, so that replicates may be computed in any order and on any machine. Its
/// median is the one of ``SurvivalQuantile/Rule/r``.
///
/// ## References
///
/// - Efron B (1981). Censored data and the bootstrap. *J Am Stat Assoc* 76:312–319.
public struct BootstrapMedian: Sendable, Hashable {
  /// By replicate; infinite where the curve does not come down to one half.
  public let medians: [Double]

  /// - Precondition: `replicates` is at least 1.
  /// - Complexity: O(*n*) a replicate.
  public init(_ sample: EventTimes, replicates: Int, seed: UInt64) {
    precondition(replicates > 0)
    // Two places a time, so that one draw counts both the time and whether it was an event.
    let places = zip(sample.grid.ranks, sample.occurred).map { 2 * Int($0) + ($1 ? 1 : 0) }
    var counts = [Int32](repeating: 0, count: 2 * sample.grid.times.count)
    medians = (0..<replicates).map { replicate in
      for index in counts.indices { counts[index] = 0 }
      var stream = RandomStream(seed: seed, replicate: UInt64(replicate))
      for _ in places {
        counts[places[Int(stream.next(upperBound: UInt64(places.count)))]] += 1
      }
      return Self.median(counts, sample.grid.times, subjects: places.count)
    }
  }

  private static func median(_ counts: [Int32], _ times: [Double], subjects: Int) -> Double {
    var (atRisk, survival) = (subjects, 1.0)
    var (level, last): (Double?, Double) = (nil, 0)
    for rank in times.indices {
      let (censored, events) = (Int(counts[2 * rank]), Int(counts[2 * rank + 1]))
      if censored + events > 0 { last = times[rank] }
      guard events > 0 else {
        atRisk -= censored
        continue
      }
      survival *= Double(atRisk - events) / Double(atRisk)
      atRisk -= events + censored
      if let level { return (level + times[rank]) / 2 }
      if survival < 0.5 - StepCurve.tolerance { return times[rank] }
      if survival <= 0.5 + StepCurve.tolerance { level = times[rank] }
    }
    return level.map { ($0 + last) / 2 } ?? .infinity
  }

  /// The percentile interval: the medians that leave (1 − level) / 2 of all below and above.
  ///
  /// The upper limit is infinite where so many medians are.
  ///
  /// - Throws: ``TimeToEventError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public func limits(level: Double = 0.95) throws(TimeToEventError) -> SurvivalLimits {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    let sorted = medians.sorted()
    let outside = Int(Double(sorted.count) * (1 - level) / 2 + 1e-9)
    return SurvivalLimits(lower: sorted[outside], upper: sorted[sorted.count - 1 - outside])
  }
}
