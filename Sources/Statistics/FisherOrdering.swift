/// The tables whose Fisher *p* is at most the observed one, for each number of responders.
///
/// On one diagonal such tables lie next to its ends, and their joint chance is the largest
/// Fisher *p* among them. Two *p*-values too near each other for rounding to be trusted are
/// compared as exact fractions.
struct FisherOrdering {
  private let table: ContingencyTable
  private let isTwoSided: Bool

  /// "Less" is "greater" with the groups swapped.
  init(_ table: ContingencyTable, _ alternative: Alternative) {
    self.table = alternative == .less ? table.swapped : table
    isTwoSided = alternative == .twoSided
  }

  /// The chance of a table at least as extreme, for each number of responders.
  ///
  /// When the observed *p* is below 10⁻²⁹⁰ it stands for all of them: none is larger.
  func coefficients() -> [Double] {
    var diagonals = Diagonals(table)
    diagonals.load(table.responders)
    let ends = observedEnds(in: diagonals)
    let pValue = diagonals.probability(of: ends)
    guard pValue >= 1e-290, pValue < 1 else { return constant(pValue) }
    return isTwoSided || pValue <= 0.5
      ? outward(&diagonals, FisherTail(table, ends, in: diagonals))
      : inward(&diagonals, FisherTail(table, diagonals.complement(of: ends), in: diagonals))
  }

  private func constant(_ value: Double) -> [Double] {
    [Double](repeating: value, count: table.patients + 1)
  }

  private func observedEnds(in diagonals: Diagonals) -> Diagonals.Ends {
    let index = table.treated.responders - diagonals.support.lowerBound
    guard isTwoSided else {
      return Diagonals.Ends(fromBelow: 0, fromAbove: diagonals.weights.count - index)
    }
    let limit = diagonals.weights[index] * (1 + relativeTieTolerance)
    return diagonals.ends(notAbove: limit, after: Diagonals.Ends())
  }

  /// Takes in tables from the ends while their *p* is not above the observed one.
  private func outward(_ diagonals: inout Diagonals, _ observed: FisherTail) -> [Double] {
    (0...table.patients).map { responders in
      if responders == observed.responders { return observed.probability }
      diagonals.load(responders)
      return largestProbability(in: diagonals, notAbove: observed)
    }
  }

  private func largestProbability(
    in diagonals: Diagonals, notAbove observed: FisherTail
  ) -> Double {
    let target = observed.probability * diagonals.total
    var (ends, sum, accepted) = (Diagonals.Ends(), 0.0, 0.0)
    while !diagonals.isAll(ends) {
      let next = successor(of: ends, in: diagonals)
      sum += diagonals.weight(between: ends, and: next)
      ends = next
      guard observed.isReached(bySum: sum, of: target, ends, diagonals) != .exceeded else { break }
      accepted = sum
    }
    return min(1, accepted / diagonals.total)
  }

  /// The set with the next least probable table, and any as probable, taken in.
  private func successor(of ends: Diagonals.Ends, in diagonals: Diagonals) -> Diagonals.Ends {
    guard isTwoSided else {
      return Diagonals.Ends(fromBelow: 0, fromAbove: ends.fromAbove + 1)
    }
    let weights = diagonals.weights
    let least = min(weights[ends.fromBelow], weights[weights.count - 1 - ends.fromAbove])
    return diagonals.ends(notAbove: least * (1 + relativeTieTolerance), after: ends)
  }

  /// Leaves out tables from below until no less is left out than is beyond the observed table:
  /// a *p* near 1 is told from another by what is missing from 1.
  private func inward(_ diagonals: inout Diagonals, _ missing: FisherTail) -> [Double] {
    (0...table.patients).map { responders in
      if responders == missing.responders { return 1 - missing.probability }
      diagonals.load(responders)
      let target = missing.probability * diagonals.total
      var (ends, sum) = (Diagonals.Ends(), 0.0)
      while !diagonals.isAll(ends) {
        sum += diagonals.weights[ends.fromBelow]
        ends.fromBelow += 1
        if missing.isReached(bySum: sum, of: target, ends, diagonals) != .notReached {
          return diagonals.isAll(ends) ? 0 : 1 - sum / diagonals.total
        }
      }
      return 0
    }
  }
}

/// The chance of the tables next to the ends of one diagonal, for comparison with others.
private struct FisherTail {
  enum Comparison { case notReached, equal, exceeded }

  let table: ContingencyTable
  let responders: Int
  let ends: Diagonals.Ends
  let probability: Double
  private let isHalf: Bool

  init(_ table: ContingencyTable, _ ends: Diagonals.Ends, in diagonals: Diagonals) {
    isHalf = diagonals.isHalf(ends, of: table)
    self.table = table
    self.ends = ends
    responders = diagonals.responders
    probability = diagonals.probability(of: ends)
  }

  /// Where a sum of weights stands against this tail's share of that diagonal.
  ///
  /// Sums of n weights built in n steps are right to a few n units of the last place.
  func isReached(
    bySum sum: Double, of target: Double, _ other: Diagonals.Ends, _ diagonals: Diagonals
  ) -> Comparison {
    let doubt = 8 * Double(table.patients) * target.ulp
    if sum < target - doubt { return .notReached }
    if sum > target + doubt { return .exceeded }
    if isHalf, diagonals.isHalf(other, of: table) { return .equal }
    let mine = FisherFraction(table, responders, ends)
    let its = FisherFraction(table, diagonals.responders, other)
    return its < mine ? .notReached : mine < its ? .exceeded : .equal
  }
}

extension Diagonals {
  /// The set grown by every further table whose weight is at most `limit`.
  fileprivate func ends(notAbove limit: Double, after start: Ends) -> Ends {
    var ends = start
    let count = weights.count
    while ends.fromBelow + ends.fromAbove < count, weights[ends.fromBelow] <= limit {
      ends.fromBelow += 1
    }
    while ends.fromBelow + ends.fromAbove < count,
      weights[count - 1 - ends.fromAbove] <= limit
    {
      ends.fromAbove += 1
    }
    return ends
  }

  /// What is left of a tail from above: a tail from below.
  fileprivate func complement(of tail: Ends) -> Ends {
    Ends(fromBelow: weights.count - tail.fromAbove, fromAbove: 0)
  }

  fileprivate func weight(between old: Ends, and new: Ends) -> Double {
    var sum = 0.0
    for index in old.fromBelow..<new.fromBelow { sum += weights[index] }
    for index in old.fromAbove..<new.fromAbove { sum += weights[weights.count - 1 - index] }
    return sum
  }

  /// Whether a tail is one half by symmetry, as on every second diagonal of two equal groups:
  /// the one tie that is common enough in large tables for exact fractions to take too long.
  fileprivate func isHalf(_ ends: Ends, of table: ContingencyTable) -> Bool {
    table.treated.patients == table.control.patients
      && min(ends.fromBelow, ends.fromAbove) == 0
      && 2 * (ends.fromBelow + ends.fromAbove) == weights.count
  }

  fileprivate func isAll(_ ends: Ends) -> Bool {
    ends.fromBelow + ends.fromAbove == weights.count
  }
}
