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

/// A confidence level in percent, as short as it can be: `95 %`, `97.5 %`.
func shortPercent(_ level: Double) -> String {
  let text = decimal(level * 100, places: 1)
  return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " %"
}

/// A p-value to two significant digits, as a sentence has it: `p = 0.012`, `p < 0.0001`.
func pSentence(_ p: Double) -> String {
  guard p >= 0.0001 else { return "p < 0.0001" }
  guard p < 0.995 else { return "p = 1" }
  return "p = " + decimal(p, places: p >= 0.1 ? 2 : p >= 0.01 ? 3 : p >= 0.001 ? 4 : 5)
}

func are(_ count: Int) -> String { count == 1 ? "is" : "are" }

func patients(_ count: Int) -> String { count == 1 ? "1 patient" : "\(count) patients" }

func events(_ count: Int) -> String { count == 1 ? "1 event" : "\(count) events" }

/// A day, without decimals where it is whole.
func dayText(_ day: Double) -> String { decimal(day, places: day == day.rounded() ? 0 : 1) }
