/// exp of eight values at once, within two units in the last place of exp between −708 and 709 and
/// its value at the nearer end outside.
///
/// exp(*x*) = 2ⁿ exp(*r*) with *n* the whole number nearest to *x*/ln 2, so that |*r*| ≤ ln 2/2 and
/// twelve terms of the Taylor series leave 2·10⁻¹⁶. The operations are the same on every machine,
/// and so are the bits.
///
/// ## References
///
/// - Cody WJ, Waite W (1980). *Software Manual for the Elementary Functions*, chapter 6.
@inline(__always)
func exponential(_ values: SIMD8<Double>) -> SIMD8<Double> {
  let x = values.clamped(
    lowerBound: SIMD8(repeating: -708), upperBound: SIMD8(repeating: 709))
  // Adding it rounds to a whole number and leaves that number in the lowest bits.
  let rounder = 0x1.8p52
  let shifted = x * 1.442_695_040_888_963_4 + rounder
  let whole = shifted - rounder
  let r = (x - whole * 0x1.62e42feep-1) - whole * 0x1.a39ef35793c76p-33
  var sum = r * (1 / 479_001_600.0) + 1 / 39_916_800.0
  sum = sum * r + 1 / 3_628_800.0
  sum = sum * r + 1 / 362_880.0
  sum = sum * r + 1 / 40_320.0
  sum = sum * r + 1 / 5_040.0
  sum = sum * r + 1 / 720.0
  sum = sum * r + 1 / 120.0
  sum = sum * r + 1 / 24.0
  sum = sum * r + 1 / 6.0
  sum = sum * r + 0.5
  sum = sum * r + 1
  sum = sum * r + 1
  // Both have the size and alignment of eight 64-bit lanes.
  let exponents = unsafe unsafeBitCast(shifted, to: SIMD8<UInt64>.self) &<< 52
  let bits = unsafe unsafeBitCast(sum, to: SIMD8<UInt64>.self) &+ exponents
  return unsafe unsafeBitCast(bits, to: SIMD8<Double>.self)
}
