/// Differences by rank of their magnitude, doubled so that the average rank of ties is whole.
struct SignedRanks: Sendable, Hashable {
  /// Twice the ranks of the differences that are not zero, in ascending order.
  private(set) var doubledRanks: [Int] = []
  /// The sum of those that belong to positive differences.
  private(set) var positiveSum = 0
  private(set) var positives = 0
  private(set) var zeros = 0
  private(set) var hasTies = false

  var negatives: Int { doubledRanks.count - positives }
  var sum: Int { doubledRanks.reduce(0, +) }

  /// Magnitudes within `tolerance` times the largest one of each other are tied, and zero within
  /// as much of nothing.
  ///
  /// Each group of ties is measured from its least member, so that ties do not chain.
  init(_ differences: [Double], ranksZeros: Bool, tolerance: Double) {
    let sorted = differences.map(SignedMagnitude.init).sorted()
    let allowance = tolerance * (sorted.last?.magnitude ?? 0)
    zeros = sorted.prefix { $0.magnitude <= allowance }.count
    doubledRanks.reserveCapacity(sorted.count - zeros)
    var first = zeros
    while first < sorted.count {
      let limit = sorted[first].magnitude + allowance
      var end = first + 1
      while end < sorted.count, sorted[end].magnitude <= limit { end += 1 }
      // Ranks from first + 1 to end average to half of this.
      let doubled = first + 1 + end - (ranksZeros ? 0 : 2 * zeros)
      for difference in sorted[first..<end] { add(doubled, isPositive: difference.isPositive) }
      if end - first > 1 { hasTies = true }
      first = end
    }
  }

  private mutating func add(_ doubledRank: Int, isPositive: Bool) {
    doubledRanks.append(doubledRank)
    guard isPositive else { return }
    positiveSum += doubledRank
    positives += 1
  }
}

/// A difference in the order of magnitudes, as one integer so that sorting is fast.
///
/// A magnitude's sign bit is free, which leaves room for the sign below the rest.
private struct SignedMagnitude: Comparable {
  private let bits: UInt64

  init(_ difference: Double) {
    bits = difference.magnitude.bitPattern << 1 | (difference > 0 ? 1 : 0)
  }

  var magnitude: Double { Double(bitPattern: bits >> 1) }
  var isPositive: Bool { bits & 1 == 1 }

  static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }
}

/// The differences, when there are any and all of them are numbers.
func checkedDifferences(_ differences: [Double]) throws(StatisticsError) {
  guard !differences.isEmpty else { throw .noDifferences }
  for difference in differences where !difference.isFinite { throw .notFinite(difference) }
}
