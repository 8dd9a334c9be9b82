import PluginKit
import PluginProtocol

/// A p-value as somebody printed it: its digits say how far it was rounded.
struct QuotedPValue: Sendable, Hashable {
  let text: String
  let value: Double
  /// Digits after the decimal point.
  let decimals: Int

  /// - Throws: `Refusal` unless the text is a decimal between 0 and 1, such as `0.004` or `.0041`.
  init(_ text: String) throws(Refusal) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...15).contains(parts[1].count), let value = Double("0\(text)"),
      parts.allSatisfy({ $0.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) }),
      value > 0, value <= 1
    else {
      throw Refusal(
        "parameter.value", "quoted=\(text): expected a p-value as printed, such as 0.004",
        parameter: "quoted", expected: "a decimal above 0 and at most 1, such as 0.004")
    }
    self.text = text
    self.value = value
    decimals = parts[1].count
  }

  /// Whether a p-value rounds to the quoted one at the quoted digits.
  func isReproduced(by p: Double) -> Bool {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return (p * scale).rounded() == (value * scale).rounded()
  }
}
