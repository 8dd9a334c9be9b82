internal import Glibc

/// How the sum of a random subset is distributed, each item being in it with probability ½.
///
/// Subsets are counted, so that every addition is of positive numbers and even a probability of
/// 2⁻¹⁰⁰⁰ is right to the last digits. libRmath's `signrank` functions share a table between calls
/// and know no ties.
struct SubsetSums {
  /// The most items for which neither a count nor its share leaves the range of `Double`.
  static let maximumItems = 1000

  private let items: Int
  private let total: Int
  /// What all items are multiples of.
  private let unit: Int
  /// The number of subsets with each sum, in units, up to half the total at most.
  private let counts: [Double]

  /// Counts the subsets whose sum is no farther from either end than `sum` is from its nearer one,
  /// or all of them.
  ///
  /// - Precondition: at most `maximumItems` positive items, in ascending order.
  /// - Complexity: O(*s n*), *s* being the largest sum counted.
  init(_ items: [Int], at sum: Int? = nil) {
    precondition(items.count <= Self.maximumItems)
    self.items = items.count
    let total = items.reduce(0, +)
    self.total = total
    unit = max(1, items.reduce(0, Self.greatestCommonDivisor))
    let limit = sum.map { min($0, total - $0) } ?? total / 2
    counts = Self.counts(items, unit: unit, limit: limit / unit)
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  private static func counts(_ items: [Int], unit: Int, limit: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: limit + 1)
    counts[0] = 1
    var reach = 0
    for item in items {
      let step = item / unit
      reach = min(limit, reach + step)
      guard step <= reach else { break }
      var span = counts.mutableSpan
      var index = reach
      while index >= step {
        span[index] += span[index - step]
        index -= 1
      }
    }
    return counts
  }

  /// Pr(sum ≤ `sum`) and Pr(sum ≥ `sum`), for a sum whose subsets were counted.
  func tails(at sum: Int) -> (lower: Double, upper: Double) {
    let nearer = min(sum, total - sum)
    let including = share(through: nearer)
    // The distribution is symmetric, so what lies beyond is the other tail's complement.
    let other = 1 - share(through: nearer - 1)
    return sum == nearer ? (including, other) : (other, including)
  }

  /// Pr(sum ≤ `sum`) for a sum in the lower half.
  private func share(through sum: Int) -> Double {
    guard sum >= 0 else { return 0 }
    return scalbn(counts[...(sum / unit)].reduce(0, +), Int32(-items))
  }

  /// The largest sum whose lower tail does not exceed `tail`, and that tail; nil where there is
  /// none.
  func lowerQuantile(atMost tail: Double) -> (sum: Int, tail: Double)? {
    let limit = scalbn(tail, Int32(items)) * (1 + 1e-14)
    var sum = 0.0
    var last: (Int, Double)?
    for (index, count) in counts.enumerated() {
      sum += count
      guard sum <= limit else { break }
      last = (index * unit, scalbn(sum, Int32(-items)))
    }
    return last
  }
}
