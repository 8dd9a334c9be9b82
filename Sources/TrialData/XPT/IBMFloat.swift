/// The floating-point numbers of IBM System/360, which SAS transport files hold.
///
/// A sign bit, seven bits of exponent to the base 16 in excess of 64, and 56 bits of fraction:
/// ±0.f × 16^(e−64). As the base is 16, up to three leading bits of a normalized fraction are
/// zero, so that it has 53 to 56 significant bits.
///
/// - Writing loses nothing: the 53 bits of a `Double` always fit. Numbers below 16⁻⁶⁵
///   (5.4e-79) or from 16⁶³ (7.2e75) on have no IBM form and are refused, never rounded to zero
///   or to the largest. IBM has no use for a negative zero: it is written as zero.
/// - Reading is exact up to 53 significant bits, and that is all a program with IEEE numbers can
///   have written; a fraction with more is rounded to the nearest `Double`, ties to even, as R's
///   `read.xport` does. (ReadStat, behind pyreadstat and haven, cuts the bits off.)
///
/// ## References
///
/// - IBM (1964). System/360 Principles of Operation, A22-6821-0, p. 41.
/// - SAS Institute (1989). The record layout of a data set in SAS transport (XPORT) format,
///   TS-140.
enum IBMFloat {
  private static let fractionBits = 56
  private static let fractionMask: UInt64 = 0x00FF_FFFF_FFFF_FFFF

  /// Nothing for a zero fraction under an exponent, which is no number.
  static func decode(_ bits: UInt64) -> Double? {
    let fraction = bits & fractionMask
    let exponent = Int(bits >> 56 & 0x7F)
    if fraction == 0 { return exponent == 0 ? 0 : nil }
    return Double(
      sign: bits >> 63 == 0 ? .plus : .minus, exponent: 4 * (exponent - 64) - fractionBits,
      significand: Double(fraction))
  }

  /// Nothing for a number without an IBM form.
  static func encode(_ number: Double) -> UInt64? {
    if number == 0 { return 0 }
    guard number.isNormal else { return nil }
    let hexadecimalExponent = (Int(number.exponent) + 4) >> 2
    guard (-64...63).contains(hexadecimalExponent) else { return nil }
    let significand = number.significandBitPattern | 1 << UInt64(Double.significandBitCount)
    let shift = Int(number.exponent) + 4 - 4 * hexadecimalExponent
    let sign: UInt64 = number < 0 ? 1 << 63 : 0
    return sign | UInt64(hexadecimalExponent + 64) << 56 | significand << UInt64(shift)
  }
}
