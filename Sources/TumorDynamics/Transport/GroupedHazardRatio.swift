internal import Glibc

/// The hazard ratio of two arms of which progression is known only at common scans.
///
/// Proportional hazards in continuous time: an arm's share without progression over an interval is
/// the other's to the power of the ratio. The ratio and the control's hazard of every interval are
/// those of greatest likelihood. An effect that comes late has no constant ratio: this is then an
/// average over the intervals, weighted by their progressions, as a Cox model's is.
///
/// ## References
///
/// - Prentice RL, Gloeckler LA (1978). Regression analysis of grouped survival data with application
///   to breast cancer data. *Biometrics* 34:57–67.
struct GroupedHazardRatio {
  /// Patients at risk and progressions of one interval.
  struct Interval {
    let atRisk, events: (control: Double, treated: Double)
  }

  let intervals: [Interval]

  /// ln of the ratio; nothing where an arm has no progression.
  var logRatio: Double? {
    let used = intervals.filter { $0.events.control + $0.events.treated > 0 }
    guard used.contains(where: { $0.events.control > 0 }),
      used.contains(where: { $0.events.treated > 0 })
    else { return nil }
    var (low, high) = (-8.0, 8.0)
    while high - low > 1e-10 {
      let middle = (low + high) / 2
      let score = used.reduce(0) { $0 + Self.score($1, ratio: exp(middle)) }
      if score > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The slope of the log likelihood in ln of the ratio, at the best hazard of the interval.
  private static func score(_ interval: Interval, ratio: Double) -> Double {
    let hazard = hazard(interval, ratio: ratio)
    let free = interval.atRisk.treated - interval.events.treated
    return ratio * hazard * (interval.events.treated / expm1(hazard * ratio) - free)
  }

  /// The control's cumulative hazard over the interval that is likeliest under a ratio.
  private static func hazard(_ interval: Interval, ratio: Double) -> Double {
    let (atRisk, events) = (interval.atRisk, interval.events)
    let free = atRisk.control - events.control + (atRisk.treated - events.treated) * ratio
    var (low, high) = (1e-12, 60.0)
    while high - low > 1e-13 * high {
      let middle = (low * high).squareRoot()
      let slope =
        events.control / expm1(middle) + events.treated * ratio / expm1(middle * ratio) - free
      if slope > 0 { low = middle } else { high = middle }
    }
    return (low * high).squareRoot()
  }
}
