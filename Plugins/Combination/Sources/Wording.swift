import Foundation
import JSON
import PluginKit
import PluginProtocol
import Statistics

extension ResponseCount {
  /// As it is typed: `15/30`.
  var text: String { "\(responders)/\(patients)" }

  /// From what is typed: `15/30`.
  init?(_ text: some StringProtocol) {
    let ratio = ParameterDeclaration.ratio(String(text))
    guard let events = ratio?["events"]?.integer, let total = ratio?["total"]?.integer,
      let count = try? ResponseCount(responders: Int(events), patients: Int(total))
    else { return nil }
    self = count
  }
}

/// A difference of shares in percentage points, with its sign: `+26.0`.
func signedPoints(_ difference: Double) -> String {
  (difference < 0 ? "" : "+") + points(difference)
}

/// A number as short as it is: `80`, `0.25`, `22.2`.
func shortNumber(_ value: Double) -> String {
  var text = decimal(value, places: 4)
  while text.contains("."), text.hasSuffix("0") { text.removeLast() }
  return text.hasSuffix(".") ? String(text.dropLast()) : text
}

/// A number to so many significant digits, as short as it is: `0.0036`, `41`.
func significant(_ value: Double, digits: Int = 2) -> String {
  guard value != 0, value.isFinite else { return shortNumber(value) }
  let places = max(0, digits - 1 - Int(log10(value.magnitude).rounded(.down)))
  let text = decimal(value, places: places)
  guard text.contains(".") else { return text }
  let trimmed = text.reversed().drop { $0 == "0" }
  return String(trimmed.drop { $0 == "." }.reversed())
}

/// `1, 8, 15`; a run of more than three days as `1–14`.
func dayList(_ days: [Int]) -> String {
  guard let first = days.first, let last = days.last else { return "–" }
  if days.count > 3, last - first == days.count - 1 { return "\(first)–\(last)" }
  return days.map(String.init).joined(separator: ", ")
}

/// `a`, `a and b`, `a, b and c`.
func sentenceList(_ parts: [String]) -> String {
  guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
  return parts.dropLast().joined(separator: ", ") + " and " + last
}

extension Sequence where Element: Hashable {
  /// Each element once, where it first stands.
  var uniqued: [Element] {
    var seen = Set<Element>()
    return filter { seen.insert($0).inserted }
  }
}
