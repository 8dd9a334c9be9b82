// What the sentences of results have in common. Numbers in sentences are rounded here; those of
// estimates, tests and tables travel whole and are rounded by renderers.

/// A number at a fixed count of decimals, with a minus sign where it is below zero as shown.
package func decimal(_ value: Double, places: Int) -> String {
  guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
  let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
  let scaled = Int((value * scale).rounded())
  let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
  let digits = String(rest)
  let fraction =
    places == 0 ? "" : "." + String(repeating: "0", count: places - digits.count) + digits
  return (scaled < 0 ? "-" : "") + "\(whole)" + fraction
}

/// A share in percentage points with one decimal: `25.1`, `50.0`.
package func points(_ share: Double) -> String { decimal(share * 100, places: 1) }

/// A share in percent with one decimal: `25.1 %`, `50.0 %`.
package func percent(_ share: Double) -> String { points(share) + " %" }

/// A confidence level in percent, as short as it can be: `95 %`, `97.5 %`.
package func shortPercent(_ level: Double) -> String {
  let text = points(level)
  return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " %"
}

/// A p-value to two significant digits beside words: `0.0041`, `1`, `below 0.0001`.
package func pWords(_ p: Double) -> String {
  guard p >= 0.0001 else { return "below 0.0001" }
  guard p < 0.995 else { return "1" }
  return decimal(p, places: p >= 0.1 ? 2 : p >= 0.01 ? 3 : p >= 0.001 ? 4 : 5)
}

/// A p-value as a sentence has it: `p = 0.0041`, `p < 0.0001`.
package func pSentence(_ p: Double) -> String {
  p < 0.0001 ? "p < 0.0001" : "p = \(pWords(p))"
}

/// A day, without decimals where it is whole.
package func dayText(_ day: Double) -> String {
  decimal(day, places: day == day.rounded() ? 0 : 1)
}

package func patients(_ count: Int) -> String { count == 1 ? "1 patient" : "\(count) patients" }

/// The verb that goes with a count.
package func are(_ count: Int) -> String { count == 1 ? "is" : "are" }
