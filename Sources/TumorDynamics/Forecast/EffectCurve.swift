/// Something simulated at a few immune effects, on a straight line between them.
struct EffectCurve: Sendable {
  /// In ascending order from 0.
  let killsPerDay: [Double]
  let values: [Double]

  /// Beyond the largest effect simulated the value stays.
  func value(at kill: Double) -> Double {
    // The first place that is not below.
    var (after, end) = (0, killsPerDay.count)
    while after < end {
      let middle = (after + end) / 2
      if killsPerDay[middle] < kill { after = middle + 1 } else { end = middle }
    }
    guard after < killsPerDay.count else { return values[values.count - 1] }
    guard after > 0 else { return values[0] }
    let (low, high) = (killsPerDay[after - 1], killsPerDay[after])
    let part = (kill - low) / (high - low)
    return values[after - 1] + part * (values[after] - values[after - 1])
  }
}
