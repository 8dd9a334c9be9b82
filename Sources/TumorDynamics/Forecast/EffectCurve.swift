/// Something simulated at a few immune effects, on a straight line between them.
struct EffectCurve: Sendable {
  /// In ascending order from 0.
  let killsPerDay: [Double]
  let values: [Double]

  /// Beyond the largest effect simulated the value stays.
  func value(at kill: Double) -> Double {
    guard let after = killsPerDay.firstIndex(where: { $0 >= kill }) else {
      return values[values.count - 1]
    }
    guard after > 0 else { return values[0] }
    let (low, high) = (killsPerDay[after - 1], killsPerDay[after])
    let part = (kill - low) / (high - low)
    return values[after - 1] + part * (values[after] - values[after - 1])
  }
}
