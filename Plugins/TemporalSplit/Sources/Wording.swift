internal import Glibc
import PluginKit

/// A share in percent, short: `61 %`, `5.5 %` below ten, `0.4 %`.
func roundPercent(_ share: Double) -> String {
  let places = share != 0 && (share * 100).magnitude < 9.95 ? 1 : 0
  return decimal(share * 100, places: places) + " %"
}

/// A log size ratio as the percentage by which the size changed: `-8.1 %`, `+12.4 %`.
func changeText(_ logRatio: Double) -> String {
  let change = expm1(logRatio) * 100
  return (change >= 0.05 ? "+" : "") + decimal(change, places: 1) + " %"
}

extension [Double] {
  /// The middle value, the average of two for an even count; nil for none.
  var median: Double? {
    guard !isEmpty else { return nil }
    let sorted = sorted()
    let half = count / 2
    return count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
  }

  var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
