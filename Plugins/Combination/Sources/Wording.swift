import Statistics

extension ResponseCount {
  /// As it is typed: `15/30`.
  var text: String { "\(responders)/\(patients)" }
}

/// A share in percent with one decimal: `25.1 %`.
func percent(_ share: Double) -> String { "\(tenths(share * 1000)) %" }

/// A difference of shares in percentage points, with its sign: `+26.0`.
func points(_ difference: Double) -> String {
  (difference < 0 ? "" : "+") + tenths(difference * 1000)
}

private func tenths(_ number: Double) -> String {
  let rounded = Int(number.rounded())
  let (whole, tenth) = rounded.magnitude.quotientAndRemainder(dividingBy: 10)
  return "\(rounded < 0 ? "-" : "")\(whole).\(tenth)"
}

/// A p-value as a sentence has it: `p = 0.0041`, `p < 0.0001`.
func pSentence(_ p: Double) -> String { p < 0.0001 ? "p < 0.0001" : "p = \(pWords(p))" }

/// A p-value to two significant digits: `0.0041`, `below 0.0001`.
func pWords(_ p: Double) -> String {
  guard p >= 0.0001 else { return "below 0.0001" }
  guard p < 0.995 else { return "1" }
  let places = p >= 0.1 ? 2 : p >= 0.01 ? 3 : p >= 0.001 ? 4 : 5
  let scale = (0..<places).reduce(1) { product, _ in product * 10 }
  let digits = String(Int((p * Double(scale)).rounded()))
  return "0." + String(repeating: "0", count: max(0, places - digits.count)) + digits
}
