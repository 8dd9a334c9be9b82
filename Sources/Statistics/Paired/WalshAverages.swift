/// The averages (xᵢ + xⱼ) / 2 of all pairs i ≤ j, kept as the sorted values alone.
struct WalshAverages {
  private let values: [Double]

  /// - Precondition: the values are finite, and there is at least one.
  init(_ values: [Double]) {
    precondition(!values.isEmpty)
    self.values = values.sorted()
  }

  var count: Int { values.count * (values.count + 1) / 2 }

  var median: Double {
    let lower = ranked((count + 1) / 2)
    return count.isMultiple(of: 2) ? Self.average(lower, ranked(count / 2 + 1)) : lower
  }

  /// The average of the given rank, the least having rank 1.
  ///
  /// Halves the doubles between the least and the largest value until one is left. The averages
  /// are never listed: of 100,000 values there are 5 · 10⁹.
  ///
  /// - Complexity: O(*n*), with at most 64 passes over the values.
  func ranked(_ rank: Int) -> Double {
    var low = OrderedBits(values[0]).bits
    var high = OrderedBits(values[values.count - 1]).bits
    while low < high {
      let middle = low + (high - low) / 2
      if number(atMost: OrderedBits(bits: middle).value) >= rank {
        high = middle
      } else {
        low = middle + 1
      }
    }
    // Minus zero becomes zero.
    return OrderedBits(bits: low).value + 0
  }

  /// How many averages do not exceed the limit: along each row of the sorted pairs they rise, and
  /// the row's end moves only left from one row to the next.
  private func number(atMost limit: Double) -> Int {
    let span = values.span
    var (number, row, end) = (0, 0, span.count)
    while row < end {
      while end > row, Self.average(span[row], span[end - 1]) > limit { end -= 1 }
      number += end - row
      row += 1
    }
    return number
  }

  /// Half of each first, so that the sum cannot overflow.
  private static func average(_ a: Double, _ b: Double) -> Double { a / 2 + b / 2 }
}

/// A double as an integer of the same order.
private struct OrderedBits {
  let bits: UInt64

  init(bits: UInt64) { self.bits = bits }

  init(_ value: Double) {
    let pattern = value.bitPattern
    bits = pattern & Self.sign == 0 ? pattern | Self.sign : ~pattern
  }

  var value: Double { Double(bitPattern: bits & Self.sign == 0 ? ~bits : bits & ~Self.sign) }

  private static let sign: UInt64 = 1 << 63
}
