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
    let magnitudes = differences.map(\.magnitude)
    let allowance = tolerance * (magnitudes.max() ?? 0)
    let order = differences.indices.sorted { magnitudes[$0] < magnitudes[$1] }
    zeros = order.prefix { magnitudes[$0] <= allowance }.count
    doubledRanks.reserveCapacity(order.count - zeros)
    var first = zeros
    while first < order.count {
      let limit = magnitudes[order[first]] + allowance
      var end = first + 1
      while end < order.count, magnitudes[order[end]] <= limit { end += 1 }
      // Ranks from first + 1 to end average to half of this.
      let doubled = first + 1 + end - (ranksZeros ? 0 : 2 * zeros)
      for index in order[first..<end] { add(doubled, isPositive: differences[index] > 0) }
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

/// The differences, when there are any and all of them are numbers.
func checkedDifferences(_ differences: [Double]) throws(StatisticsError) {
  guard !differences.isEmpty else { throw .noDifferences }
  for difference in differences where !difference.isFinite { throw .notFinite(difference) }
}
