internal import Glibc

/// One of many independent, repeatable streams of random numbers.
///
/// A stream belongs to a seed and a replicate, or to one patient of a replicate. What it gives
/// depends on these alone, never on how replicates were shared among threads or machines: the
/// seed is the key of ``Philox``, and the counter holds replicate, patient and position. Two
/// streams never meet; each is 2³³ numbers long.
package struct RandomStream: RandomNumberGenerator, Sendable {
  @usableFromInline let key: SIMD2<UInt32>
  @usableFromInline var counter: SIMD4<UInt32>
  /// The second half of the words made last, or nothing when it was used.
  @usableFromInline var spare: UInt64?

  /// The stream of a replicate as a whole.
  @inlinable
  package init(seed: UInt64, replicate: UInt64) {
    self.init(seed: seed, replicate: replicate, member: 0)
  }

  /// The stream of one patient of a replicate.
  ///
  /// - Precondition: `patient` is not negative and below 2³² − 1.
  @inlinable
  package init(seed: UInt64, replicate: UInt64, patient: Int) {
    self.init(seed: seed, replicate: replicate, member: UInt32(patient) + 1)
  }

  @inlinable
  init(seed: UInt64, replicate: UInt64, member: UInt32) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    counter = SIMD4(
      0, member, UInt32(truncatingIfNeeded: replicate),
      UInt32(truncatingIfNeeded: replicate >> 32))
  }

  @inlinable
  package mutating func next() -> UInt64 {
    if let ready = spare {
      spare = nil
      return ready
    }
    let words = nextWords()
    spare = Self.second(words)
    return Self.first(words)
  }

  /// A number strictly between 0 and 1, an odd multiple of 2⁻⁵³.
  ///
  /// Neither end can occur, and *u* is as likely as 1 − *u*, which is exact as well.
  @inlinable
  package mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// A standard normal deviate, by inversion of one ``uniform()``.
  ///
  /// One number in, one out, and larger for larger: what common random numbers need.
  @inlinable
  package mutating func normal() -> Double {
    standardNormalQuantile(uniform())
  }

  /// Four standard normal deviates at once: the bits of four ``normal()``.
  @inlinable
  package mutating func normals() -> SIMD4<Double> {
    guard spare == nil else {
      let first = uniform()
      let second = uniform()
      let third = uniform()
      return standardNormalQuantiles(SIMD4(first, second, third, uniform()))
    }
    let (first, second) = (nextWords(), nextWords())
    let bits = SIMD4(Self.first(first), Self.second(first), Self.first(second), Self.second(second))
    return standardNormalQuantiles((SIMD4<Double>(bits &>> 12) + 0.5) * 0x1p-52)
  }

  @inlinable
  mutating func nextWords() -> SIMD4<UInt32> {
    defer { counter.x &+= 1 }
    return Philox.words(counter: counter, key: key)
  }

  @inlinable
  static func first(_ words: SIMD4<UInt32>) -> UInt64 { UInt64(words.x) | UInt64(words.y) << 32 }

  @inlinable
  static func second(_ words: SIMD4<UInt32>) -> UInt64 { UInt64(words.z) | UInt64(words.w) << 32 }

  /// An exponential deviate of mean 1, by inversion of one ``uniform()``.
  package mutating func exponential() -> Double {
    -log(uniform())
  }
}
