import Testing

@testable import TrialData

struct IBMFloatTests {
  @Test(
    "knows the published patterns",
    arguments: [
      (0x4110_0000_0000_0000, 1), (0xC110_0000_0000_0000, -1), (0x4276_A000_0000_0000, 118.625),
      (0xC276_A000_0000_0000, -118.625), (0x4019_9999_9999_999A, 0.1), (0, 0),
      (0x0010_0000_0000_0000, 0x1p-260), (0x7FFF_FFFF_FFFF_FFF8, 0x1.fffffffffffffp251),
      (0x4120_0000_0000_0000, 2), (0x4140_0000_0000_0000, 4), (0x4180_0000_0000_0000, 8),
    ] as [(UInt64, Double)])
  func patterns(bits: UInt64, number: Double) {
    #expect(IBMFloat.decode(bits) == number)
    #expect(IBMFloat.encode(number) == bits)
  }

  @Test("every double in range comes back as itself, and every pattern of 53 bits too")
  func roundTrip() {
    var random = SplitMix(state: 1)
    for _ in 0..<200_000 {
      let significand = random.next() & 0x000F_FFFF_FFFF_FFFF
      let exponent = UInt64(1023 - 260) + random.next() % 512
      let number = Double(bitPattern: random.next() << 63 | exponent << 52 | significand)
      guard let bits = IBMFloat.encode(number) else {
        Issue.record("\(number) is in range")
        continue
      }
      #expect(IBMFloat.decode(bits) == number)
      #expect(bits >> 52 & 0xF != 0, "normalized")
      #expect(IBMFloat.decode(bits).flatMap(IBMFloat.encode) == bits)
    }
  }

  @Test(
    "numbers without an IBM form are refused, on the first one outside the range",
    arguments: [
      0x1.fffffffffffffp-261, 0x1p252, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
      -.greatestFiniteMagnitude,
    ])
  func refused(number: Double) { #expect(IBMFloat.encode(number) == nil) }

  @Test("a fraction of more than 53 bits is rounded to the nearest, ties to even")
  func rounding() {
    #expect(IBMFloat.decode(0x41FF_FFFF_FFFF_FFFF) == 16)
    // R's read.xport gives 0x1.0000000000001p+3.
    #expect(IBMFloat.decode(0x4180_0000_0000_0005) == 0x1.0000000000001p+3)
    #expect(IBMFloat.decode(0x4180_0000_0000_0004) == 8, "a tie, to the even one")
    #expect(IBMFloat.decode(0x4180_0000_0000_000C) == 0x1.0000000000002p+3, "and up")
  }

  @Test("a negative zero is zero, an unnormalized fraction is read, an exponent alone is no number")
  func oddities() {
    #expect(IBMFloat.encode(-0.0) == 0)
    #expect(IBMFloat.decode(0x8000_0000_0000_0000)?.sign == .plus)
    #expect(IBMFloat.decode(0x4201_0000_0000_0000) == 1)
    #expect(IBMFloat.decode(0x4000_0000_0000_0000) == nil)
  }
}
