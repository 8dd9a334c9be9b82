/// The counter-based random function Philox4x32-10.
///
/// It has no state: the same counter and key always give the same four words, so that any draw of
/// any simulated trial can be made alone, in any order, on any machine.
///
/// ## References
///
/// - Salmon JK, Moraes MA, Dror RO, Shaw DE (2011). Parallel random numbers: as easy as 1, 2, 3.
///   *SC '11*, article 16, section 3.2.
package enum Philox {
  /// The four words that belong to a counter of four words under a key of two.
  @inlinable
  package static func words(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (a, b, c, d) = (counter.x, counter.y, counter.z, counter.w)
    var (first, second) = (key.x, key.y)
    for _ in 0..<10 {
      let left = UInt64(a) &* 0xD251_1F53
      let right = UInt64(c) &* 0xCD9E_8D57
      a = UInt32(truncatingIfNeeded: right >> 32) ^ b ^ first
      c = UInt32(truncatingIfNeeded: left >> 32) ^ d ^ second
      b = UInt32(truncatingIfNeeded: right)
      d = UInt32(truncatingIfNeeded: left)
      first &+= 0x9E37_79B9
      second &+= 0xBB67_AE85
    }
    return SIMD4(a, b, c, d)
  }
}
