/// A share in percent with one decimal: `25.1 %`, `50.0 %`.
func percent(_ share: Double) -> String { "\(points(share)) %" }

/// A share in percentage points with one decimal: `25.1`, `50.0`.
func points(_ share: Double) -> String {
  let tenths = Int((share * 1000).rounded())
  let sign = tenths < 0 ? "-" : ""
  let (whole, tenth) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
  return "\(sign)\(whole).\(tenth)"
}

/// A confidence level in percent, as short as it can be: `95 %`, `97.5 %`.
func shortPercent(_ level: Double) -> String {
  let text = points(level)
  return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " %"
}

/// A p-value to two significant digits, never in scientific notation above 0.0001.
func shortPValue(_ p: Double) -> String {
  guard p >= 0.0001 else { return "< 0.0001" }
  guard p < 0.995 else { return "1" }
  let decimals = p >= 0.1 ? 2 : p >= 0.01 ? 3 : p >= 0.001 ? 4 : 5
  return decimal(p, places: decimals)
}

/// A p-value as a sentence has it: `p = 0.0041`, `p < 0.0001`.
func pSentence(_ p: Double) -> String { p < 0.0001 ? "p < 0.0001" : "p = \(shortPValue(p))" }

/// A p-value beside words: `0.0041`, `below 0.0001`.
func pWords(_ p: Double) -> String { p < 0.0001 ? "below 0.0001" : shortPValue(p) }

/// The least and the greatest of several p-values: `p runs from 0.0041 to 0.41`.
func pRange(_ least: Double, _ most: Double) -> String {
  let (first, last) = (pWords(least), pWords(most))
  return first == last ? "p is \(first) against each" : "p runs from \(first) to \(last)"
}

/// A number between 0 and 1 at a fixed number of decimals.
func decimal(_ value: Double, places: Int) -> String {
  var scale = 1
  for _ in 0..<places { scale *= 10 }
  let scaled = Int((value * Double(scale)).rounded())
  let fraction = String(scaled % scale)
  return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
}
