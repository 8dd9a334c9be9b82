/// A natural number of any size, with just the arithmetic binomial coefficients need.
struct WideInteger: Comparable {
  /// Little-endian; no zero at the top.
  private var limbs: [UInt64]

  init(_ value: UInt64) { limbs = value == 0 ? [] : [value] }

  /// The number of ways to choose `k` of `n`.
  init(choosing k: Int, of n: Int) {
    self.init(1)
    for i in 0..<min(k, n - k) {
      self *= UInt64(n - i)
      divide(exactlyBy: UInt64(i + 1))
    }
  }

  static func < (a: Self, b: Self) -> Bool {
    if a.limbs.count != b.limbs.count { return a.limbs.count < b.limbs.count }
    for (x, y) in zip(a.limbs.reversed(), b.limbs.reversed()) where x != y { return x < y }
    return false
  }

  static func + (a: Self, b: Self) -> Self {
    var sum = a
    sum += b
    return sum
  }

  static func += (a: inout Self, b: Self) {
    var carry: UInt64 = 0
    for i in 0..<max(a.limbs.count, b.limbs.count) {
      if i == a.limbs.count { a.limbs.append(0) }
      let (partial, first) = a.limbs[i].addingReportingOverflow(
        i < b.limbs.count ? b.limbs[i] : 0)
      let (sum, second) = partial.addingReportingOverflow(carry)
      a.limbs[i] = sum
      carry = first || second ? 1 : 0
    }
    if carry > 0 { a.limbs.append(carry) }
  }

  /// - Precondition: `factor` is not 0.
  static func *= (a: inout Self, factor: UInt64) {
    precondition(factor > 0)
    var carry: UInt64 = 0
    for i in a.limbs.indices {
      let (high, low) = a.limbs[i].multipliedFullWidth(by: factor)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      a.limbs[i] = sum
      carry = high + (overflow ? 1 : 0)
    }
    if carry > 0 { a.limbs.append(carry) }
  }

  /// - Precondition: `divisor` is a factor.
  mutating func divide(exactlyBy divisor: UInt64) {
    var remainder: UInt64 = 0
    for i in limbs.indices.reversed() {
      (limbs[i], remainder) = divisor.dividingFullWidth((remainder, limbs[i]))
    }
    precondition(remainder == 0, "the divisor is a factor")
    while limbs.last == 0 { limbs.removeLast() }
  }

  static func * (a: Self, b: Self) -> Self {
    var product = Self(0)
    guard !a.limbs.isEmpty, !b.limbs.isEmpty else { return product }
    product.limbs = [UInt64](repeating: 0, count: a.limbs.count + b.limbs.count)
    for i in a.limbs.indices {
      var carry: UInt64 = 0
      for j in b.limbs.indices {
        let sum =
          UInt128(a.limbs[i]) * UInt128(b.limbs[j]) + UInt128(product.limbs[i + j])
          + UInt128(carry)
        product.limbs[i + j] = UInt64(truncatingIfNeeded: sum)
        carry = UInt64(truncatingIfNeeded: sum >> 64)
      }
      product.limbs[i + b.limbs.count] = carry
    }
    while product.limbs.last == 0 { product.limbs.removeLast() }
    return product
  }
}
