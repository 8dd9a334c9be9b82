internal import Glibc

/// A number at a fixed count of decimals, with a minus sign where it is below zero as shown.
func decimal(_ value: Double, places: Int) -> String {
  guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
  let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
  let scaled = Int((value * scale).rounded())
  let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
  let digits = String(rest)
  let fraction =
    places == 0 ? "" : "." + String(repeating: "0", count: places - digits.count) + digits
  return (scaled < 0 ? "-" : "") + "\(whole)" + fraction
}

/// A share in percent, short: `61 %`, `5.5 %` below ten, `0.4 %`.
func percent(_ share: Double) -> String {
  let places = share != 0 && (share * 100).magnitude < 9.95 ? 1 : 0
  return decimal(share * 100, places: places) + " %"
}

/// A log size ratio as the percentage by which the size changed: `-8.1 %`, `+12.4 %`.
func changeText(_ logRatio: Double) -> String {
  let change = expm1(logRatio) * 100
  return (change >= 0.05 ? "+" : "") + decimal(change, places: 1) + " %"
}

/// A day, without decimals where it is whole.
func dayText(_ day: Double) -> String {
  day == day.rounded() ? decimal(day, places: 0) : decimal(day, places: 1)
}

/// A p-value to two significant digits.
func pText(_ p: Double) -> String {
  guard p >= 0.0001 else { return "< 0.0001" }
  let places = p >= 0.1 ? 2 : p >= 0.01 ? 3 : p >= 0.001 ? 4 : 5
  return decimal(p, places: places)
}

/// `p = 0.012`, `p < 0.0001`.
func pSentence(_ p: Double) -> String { p >= 0.0001 ? "p = \(pText(p))" : "p \(pText(p))" }

func are(_ count: Int) -> String { count == 1 ? "is" : "are" }

func patients(_ count: Int) -> String { count == 1 ? "1 patient" : "\(count) patients" }

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
