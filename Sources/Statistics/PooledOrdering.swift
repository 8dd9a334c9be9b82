/// The tables whose pooled *z* is at least the observed one, for each number of responders.
///
/// With d = n₂ x₁ − n₁ x₂ and v = s (N − s), z² = d² N / (n₁ n₂ v); two tables of the same
/// groups are compared by d² v′ and d′² v in integers of double width, so ties are exact.
struct PooledOrdering {
  private let table: ContingencyTable
  private let isTwoSided: Bool

  /// "Less" is "greater" with the groups swapped.
  init(_ table: ContingencyTable, _ alternative: Alternative) {
    self.table = alternative == .less ? table.swapped : table
    isTwoSided = alternative == .twoSided
  }

  /// The chance of a table at least as extreme, for each number of responders.
  func coefficients() -> [Double] {
    var diagonals = Diagonals(table)
    return (0...table.patients).map { responders in
      diagonals.load(responders)
      return diagonals.probability(of: extremes(responders, in: diagonals.support))
    }
  }

  private func extremes(_ responders: Int, in support: ClosedRange<Int>) -> Diagonals.Ends {
    var ends = Diagonals.Ends()
    guard let least = leastDifference(responders) else { return ends }
    let zero = responders * table.treated.patients
    let first = (zero + least).dividedRoundingUp(by: table.patients)
    ends.fromAbove = max(0, support.upperBound - max(first, support.lowerBound) + 1)
    if isTwoSided {
      let last = (zero - least).dividedRoundingDown(by: table.patients)
      ends.fromBelow = max(0, min(last, support.upperBound) - support.lowerBound + 1)
    }
    return ends
  }

  /// The least d, for so many responders, whose *z* is at least the observed one.
  ///
  /// For the two-sided test the least |d|. A table of no spread has *z* 0.
  private func leastDifference(_ responders: Int) -> Int? {
    let observed = table.crossDifference
    guard observed != 0 else { return 0 }
    let spread = table.spread(responders)
    guard spread > 0 else { return observed > 0 || isTwoSided ? nil : 0 }
    let observedSpread = table.spread(table.responders)
    let target = (observed.magnitude * observed.magnitude).multipliedFullWidth(by: spread)
    let guess = (Double(spread) / Double(observedSpread)).squareRoot() * Double(observed.magnitude)
    if observed > 0 || isTwoSided {
      return leastNatural(near: guess) { d in
        (d * d).multipliedFullWidth(by: observedSpread) >= target
      }
    }
    return 1
      - leastNatural(near: guess) { d in
        (d * d).multipliedFullWidth(by: observedSpread) > target
      }
  }
}

extension ContingencyTable {
  /// s (N − s), for so many responders.
  fileprivate func spread(_ responders: Int) -> UInt {
    UInt(responders) * UInt(patients - responders)
  }
}

/// The least natural number for which a condition, false and then true, holds.
private func leastNatural(near guess: Double, where condition: (UInt) -> Bool) -> Int {
  var number = UInt(guess)
  while !condition(number) { number += 1 }
  while number > 0, condition(number - 1) { number -= 1 }
  return Int(number)
}

extension Int {
  fileprivate func dividedRoundingDown(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  fileprivate func dividedRoundingUp(by divisor: Int) -> Int {
    -(-self).dividedRoundingDown(by: divisor)
  }
}
