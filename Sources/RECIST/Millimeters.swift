/// A length in exact decimals, counted in ten-thousandths of a millimeter.
///
/// Response thresholds are ratios of lengths, and binary fractions miss them: 33.6 is exactly
/// 70 % of 48.0, yet `0.7 * 48.0 < 33.6` holds in `Double`. Whole numbers do not.
public struct Millimeters: Sendable, Hashable {
  /// The length times 10,000.
  public let tenThousandths: Int64

  /// The longest length accepted, one kilometer; no sum of accepted lengths can overflow.
  public static let longest = Millimeters(unchecked: 10_000_000_000)
  public static let zero = Millimeters(unchecked: 0)

  /// - Precondition: The length lies between zero and ``longest``.
  public init(_ whole: Int) {
    precondition((0...1_000_000).contains(whole), "a length lies between 0 and 1,000,000 mm")
    tenThousandths = Int64(whole) * 10_000
  }

  /// Rounds to the nearest ten-thousandth, or returns nothing for a negative, excessive or
  /// not-finite number.
  ///
  /// A decimal of up to four places that went through `Double` comes back exact.
  public init?(rounding millimeters: Double) {
    let scaled = (millimeters * 10_000).rounded()
    guard scaled >= 0, scaled <= Double(Self.longest.tenThousandths) else { return nil }
    tenThousandths = Int64(scaled)
  }

  /// Reads digits with at most one decimal point ("33.6"), exactly.
  ///
  /// A fifth decimal place and those after it are rounded half up. Signs, exponents and decimal
  /// commas are not read here.
  public init?(_ text: some StringProtocol) {
    var scaled: Int64 = 0
    var places: Int? = nil
    var digits = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "."), places == nil {
        places = 0
        continue
      }
      guard let digit = Self.digit(byte) else { return nil }
      digits += 1
      if let count = places {
        places = count + 1
        if count == 4, digit >= 5 { scaled += 1 }
        if count >= 4 { continue }
      }
      scaled = scaled * 10 + digit
      if scaled > Self.longest.tenThousandths { return nil }
    }
    for _ in min(places ?? 0, 4)..<4 { scaled *= 10 }
    guard digits > 0, scaled <= Self.longest.tenThousandths else { return nil }
    tenThousandths = scaled
  }

  private static func digit(_ byte: UInt8) -> Int64? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int64(byte - UInt8(ascii: "0")) : nil
  }

  private init(unchecked tenThousandths: Int64) { self.tenThousandths = tenThousandths }

  /// The nearest `Double`, for storage and display.
  public var value: Double { Double(tenThousandths) / 10_000 }

  public static func + (lhs: Self, rhs: Self) -> Self {
    Millimeters(unchecked: lhs.tenThousandths + rhs.tenThousandths)
  }

  /// Nothing where the difference is negative: a length is not.
  public static func - (lhs: Self, rhs: Self) -> Self? {
    lhs < rhs ? nil : Millimeters(unchecked: lhs.tenThousandths - rhs.tenThousandths)
  }
}

extension Millimeters: Comparable {
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.tenThousandths < rhs.tenThousandths }
}

extension Millimeters: CustomStringConvertible {
  /// The shortest exact decimal: "33.6", "48".
  public var description: String {
    let whole = tenThousandths / 10_000
    var fraction = String(tenThousandths % 10_000 + 10_000).dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? "\(whole)" : "\(whole).\(fraction)"
  }
}
