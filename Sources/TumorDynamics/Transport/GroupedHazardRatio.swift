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
    return Self.root(from: -8, to: 8) { place in
      used.reduce(0) { $0 + Self.score($1, ratio: exp(place)) }
    }
  }

  /// Where a falling function passes 0, by false position with Illinois's correction: an end that stays
  /// counts half, so that both close in.
  private static func root(
    from low: Double, to high: Double, of function: (Double) -> Double
  ) -> Double {
    var (low, high) = ((place: low, value: function(low)), (place: high, value: function(high)))
    guard low.value > 0 else { return low.place }
    guard high.value < 0 else { return high.place }
    var last = 0
    while high.place - low.place > 1e-12 {
      let place = (low.value * high.place - high.value * low.place) / (low.value - high.value)
      guard place > low.place, place < high.place else { break }
      let value = function(place)
      if value == 0 { return place }
      if value > 0 {
        low = (place, value)
        if last > 0 { high.value /= 2 }
        last = 1
      } else {
        high = (place, value)
        if last < 0 { low.value /= 2 }
        last = -1
      }
    }
    return (low.place + high.place) / 2
  }

  /// The slope of the log likelihood in ln of the ratio, at the best hazard of the interval.
  private static func score(_ interval: Interval, ratio: Double) -> Double {
    let hazard = hazard(interval, ratio: ratio)
    let free = interval.atRisk.treated - interval.events.treated
    return ratio * hazard * (interval.events.treated / expm1(hazard * ratio) - free)
  }

  /// The control's cumulative hazard over the interval that is likeliest under a ratio.
  ///
  /// The slope of the log likelihood falls and is convex, and 1/(exp(*x*) − 1) ≥ 1/*x* − ½ gives a hazard
  /// that is not above its root: from there Newton's steps rise to it.
  private static func hazard(_ interval: Interval, ratio: Double) -> Double {
    let (atRisk, events) = (interval.atRisk, interval.events)
    let free = atRisk.control - events.control + (atRisk.treated - events.treated) * ratio
    var hazard =
      (events.control + events.treated)
      / (free + (events.control + events.treated * ratio) / 2)
    for _ in 0..<100 {
      let (own, other) = (expm1(hazard), expm1(hazard * ratio))
      let value = events.control / own + events.treated * ratio / other - free
      let slope =
        events.control * (own + 1) / (own * own)
        + events.treated * ratio * ratio * (other + 1) / (other * other)
      let step = value / slope
      hazard = min(hazard + step, 60)
      if step.magnitude <= 1e-15 * hazard || hazard == 60 { break }
    }
    return hazard
  }
}
