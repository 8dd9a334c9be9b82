import Glibc

/// Round numbers for axes.
enum Scales {
  static func log10(_ value: Double) -> Double { Glibc.log10(value) }
  static func power10(_ exponent: Double) -> Double { Glibc.pow(10, exponent) }

  private static let wantedTicks = 6.0

  /// The step between ticks: 1, 2 or 5 times a power of ten.
  static func step(_ span: Double) -> Double {
    guard span > 0, span.isFinite else { return 1 }
    let rough = span / wantedTicks
    let power = power10(Glibc.floor(log10(rough)))
    guard power > 0 else { return span }
    let factor = rough / power
    return (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10) * power
  }

  /// The data with a little air; ends that were named stay where no data go beyond them.
  static func linearRange(
    _ low: Double, _ high: Double, keeping named: [Double]
  ) -> ClosedRange<Double> {
    let span = high - low
    guard span > 0 else {
      let air = low == 0 ? 1 : abs(low) * 0.1
      return (low - air)...(high + air)
    }
    let air = span * 0.04
    // Zero is an end in itself: nothing lies below a count, a time or a share of zero.
    let isFloor = named.contains(low) || low == 0
    let isCeiling = named.contains(high) || high == 0
    return (isFloor ? low : low - air)...(isCeiling ? high : high + air)
  }

  static func linearTicks(_ range: ClosedRange<Double>) -> [Double] {
    let step = step(range.upperBound - range.lowerBound)
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 100 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step + 0 }
  }

  /// Ends at 1, 2 or 5 times a power of ten.
  static func logarithmicRange(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    let bottom = stop(atMost: low)
    let top = stop(atLeast: high)
    return bottom < top ? bottom...top : (bottom / 10)...(top * 10)
  }

  private static func stop(atMost value: Double) -> Double {
    let power = power10(Glibc.floor(log10(value) + 1e-12))
    return [5, 2, 1].map { $0 * power }.first { $0 <= value * (1 + 1e-9) } ?? power
  }

  private static func stop(atLeast value: Double) -> Double {
    let power = power10(Glibc.floor(log10(value) + 1e-12))
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= value * (1 - 1e-9) } ?? power * 10
  }

  static func logarithmicTicks(_ range: ClosedRange<Double>) -> [Double] {
    let first = Int(Glibc.floor(log10(range.lowerBound) + 1e-9))
    let last = Int(Glibc.floor(log10(range.upperBound) + 1e-9))
    let decades = last - first + 1
    let factors: [Double] = decades <= 3 ? [1, 2, 5] : [1]
    var ticks: [Double] = []
    for exponent in stride(from: first, through: last, by: max(1, decades / 8)) {
      let power = power10(Double(exponent))
      ticks += factors.map { $0 * power }
    }
    let lowest = range.lowerBound * (1 - 1e-9)
    let highest = range.upperBound * (1 + 1e-9)
    return ticks.filter { $0 >= lowest && $0 <= highest }
  }

  /// A p-value on an axis, written out where that is short.
  static func pValue(_ value: Double) -> String {
    guard value >= 0.9e-4 else {
      return NumberText.significant(value).replacing("e-0", with: "e-")
    }
    let kept = NumberText.fixed(value, decimals: 4).reversed().drop { $0 == "0" }
      .drop { $0 == "." }
    return String(kept.reversed())
  }

  /// Numbers of one axis with one number of decimals and a real minus sign.
  static func texts(_ values: [Double]) -> [String] {
    NumberText.significant(values).map { text in
      text.hasPrefix("-") ? "\u{2212}" + text.dropFirst() : text
    }
  }
}
