import Glibc

/// Numbers as people read them.
///
/// The rules are R's: `significant` is `format(x, digits =)`, which writes fixed notation unless
/// scientific is shorter, and gives the numbers of one column one number of decimals.
package enum NumberText {
  /// A number to some significant digits, trailing zeros dropped.
  package static func significant(_ number: Double, digits: Int = 4) -> String {
    significant([number], digits: digits)[0]
  }

  /// Numbers that stand under one another.
  ///
  /// As many decimals as it takes to show `digits` significant digits of every number, in fixed
  /// notation unless scientific is narrower.
  package static func significant(_ numbers: [Double], digits: Int = 4) -> [String] {
    let parts = numbers.filter(\.isFinite).map { Decomposition($0, digits: digits) }
    let decimals = parts.map { max(0, $0.digits - $0.exponent - 1) }.max() ?? 0
    let mantissa = parts.map(\.digits).max() ?? 1
    let fixed = (parts.map(\.leftWidth).max() ?? 0) + (decimals > 0 ? decimals + 1 : 0)
    let scientific =
      (parts.map(\.signWidth).max() ?? 0) + mantissa + (mantissa > 1 ? 1 : 0)
      + (parts.contains { abs($0.exponent) >= 100 } ? 5 : 4)
    return numbers.map { number in
      guard number.isFinite else { return notFinite(number) }
      return fixed <= scientific
        ? formatted(number, "%.*f", decimals) : formatted(number, "%.*e", mantissa - 1)
    }
  }

  /// A p-value as R's `print.htest` writes it, `format.pval(p, digits = 4)`, with one departure.
  ///
  /// R stops at `< 2.2e-16`, because many of its tails are one minus something. Ours keep their
  /// relative precision, so a smaller p-value is written out; a p-value is never read as zero
  /// unless it is.
  ///
  /// ## References
  /// R Core Team, *R: A Language and Environment for Statistical Computing*, `base::format.pval`,
  /// `stats:::print.htest`.
  package static func pValue(_ p: Double) -> String { significant(p, digits: 4) }

  /// A fraction as a percentage to one decimal, without the sign.
  package static func percent(_ fraction: Double) -> String { fixed(fraction * 100, decimals: 1) }

  package static func fixed(_ number: Double, decimals: Int) -> String {
    guard number.isFinite else { return notFinite(number) }
    let text = formatted(number, "%.*f", decimals)
    // A difference of -0.0004 rounds to 0.0; R and C would keep its sign.
    return text.hasPrefix("-") && !text.contains { ("1"..."9").contains($0) }
      ? String(text.dropFirst()) : text
  }

  /// A span of time, from microseconds to days, to about two significant parts.
  package static func duration(seconds: Double) -> String {
    guard seconds >= 0, seconds < 1e9 else { return significant(seconds) + " s" }
    if seconds < 0.000_999_5 { return fixed(seconds * 1e6, decimals: 0) + " µs" }
    if seconds < 0.009_995 { return fixed(seconds * 1e3, decimals: 1) + " ms" }
    if seconds < 0.999_5 { return fixed(seconds * 1e3, decimals: 0) + " ms" }
    if seconds < 59.95 { return fixed(seconds, decimals: 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  private static func notFinite(_ number: Double) -> String {
    number.isNaN ? "NaN" : number < 0 ? "-Inf" : "Inf"
  }

  fileprivate static func formatted(_ number: Double, _ format: String, _ decimals: Int) -> String {
    // 1.8e308 has 309 digits before the point.
    let capacity = 340 + decimals
    return unsafe String(unsafeUninitializedCapacity: capacity) { buffer in
      let count = unsafe withVaList([Int32(decimals), number]) { arguments in
        unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
          unsafe vsnprintf(characters.baseAddress, capacity, format, arguments)
        }
      }
      return min(max(0, Int(count)), capacity - 1)
    }
  }
}

/// A number rounded to significant digits, taken apart.
private struct Decomposition {
  let exponent: Int
  /// Significant digits without trailing zeros.
  let digits: Int
  let signWidth: Int

  init(_ number: Double, digits: Int) {
    let text = NumberText.formatted(number.magnitude, "%.*e", digits - 1)
    let parts = text.split(separator: "e")
    exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let significand = parts.first?.filter(\.isNumber) ?? "0"
    let zeros = significand.reversed().prefix { $0 == "0" }.count
    self.digits = max(1, significand.count - zeros)
    signWidth = number < 0 ? 1 : 0
  }

  /// Columns left of the decimal point.
  var leftWidth: Int { signWidth + max(0, exponent) + 1 }
}
