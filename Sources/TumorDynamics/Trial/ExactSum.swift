/// A sum of numbers that does not depend on their order.
///
/// Every number is rounded to a multiple of 2⁻⁶⁰ and added as a whole number, so that sums of parts
/// merge to the bits of the whole.
package struct ExactSum: Sendable, Hashable {
  private(set) var units: Int128

  /// Nothing yet.
  package init() { units = 0 }

  /// - Precondition: The number is finite and below 2⁶⁰ in magnitude; 2⁶ such may be added.
  package mutating func add(_ number: Double) {
    precondition(number.magnitude < 0x1p60, "a number an exact sum has room for")
    units += Int128((number * 0x1p60).rounded())
  }

  package mutating func merge(_ other: Self) { units += other.units }

  package var value: Double { Double(units) * 0x1p-60 }
}

extension ExactSum: Codable {
  private enum CodingKeys: CodingKey { case high, low }

  package init(from decoder: any Decoder) throws {
    let parts = try decoder.container(keyedBy: CodingKeys.self)
    let high = try parts.decode(Int64.self, forKey: .high)
    let low = try parts.decode(Int64.self, forKey: .low)
    units = Int128(high) << 64 | Int128(UInt64(bitPattern: low))
  }

  package func encode(to encoder: any Encoder) throws {
    var parts = encoder.container(keyedBy: CodingKeys.self)
    try parts.encode(Int64(truncatingIfNeeded: units >> 64), forKey: .high)
    // Signed, as JSON's whole numbers of this house are: the bits are what counts.
    try parts.encode(Int64(truncatingIfNeeded: units), forKey: .low)
  }
}
