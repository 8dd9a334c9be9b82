internal import Glibc

/// The odds ratio of a table given its margins: Fisher's noncentral hypergeometric distribution.
struct ConditionalOddsRatio {
  private let table: ContingencyTable
  private let observed: Int
  private let support: ClosedRange<Int>

  init(_ table: ContingencyTable) {
    self.table = table
    observed = table.treated.responders
    support =
      max(
        0, table.responders - table.control.patients)...min(
        table.responders, table.treated.patients)
  }

  /// The conditional maximum likelihood estimate, and the limits either one-sided test leaves.
  func summary(
    alpha: Double, isMidP: Bool
  ) -> (estimate: Double?, limits: (Double, Double)) {
    guard support.count > 1 else { return (nil, (0, .infinity)) }
    let (isFirst, isLast) = (observed == support.lowerBound, observed == support.upperBound)
    let estimate =
      isFirst ? 0 : isLast ? .infinity : root(\.excess)
    let share = isMidP ? 0.5 : 1
    let lower =
      isFirst ? 0 : root { $0.above + share * $0.own - alpha / 2 }
    let upper =
      isLast ? Double.infinity : root { alpha / 2 - $0.below - share * $0.own }
    return (estimate, (lower, upper))
  }

  /// Where a function of the distribution that rises with the odds ratio crosses zero.
  private func root(_ function: (Moments) -> Double) -> Double {
    exp(outwardRoot { function(moments(atLogarithm: $0)) })
  }

  /// How far the mean lies above the observed count, and the chances of fewer, as many and more responders than were observed.
  private struct Moments {
    var excess = 0.0
    var below = 0.0
    var own = 0.0
    var above = 0.0
  }

  /// Weights are built from the mode outward by the ratio of neighbors, as for the central
  /// distribution; those 10³⁰⁰ times smaller are left out.
  private func moments(atLogarithm logarithm: Double) -> Moments {
    let odds = exp(logarithm)
    let start = mode(odds)
    var sum = Moments()
    add(1, at: start, to: &sum)
    var (weight, k) = (1.0, start)
    while k < support.upperBound {
      weight *= ratio(after: k) * odds
      if weight < 1e-300 { break }
      k += 1
      add(weight, at: k, to: &sum)
    }
    (weight, k) = (1.0, start)
    while k > support.lowerBound {
      k -= 1
      weight /= ratio(after: k) * odds
      if weight < 1e-300 { break }
      add(weight, at: k, to: &sum)
    }
    let total = sum.below + sum.own + sum.above
    return Moments(
      excess: sum.excess / total, below: sum.below / total, own: sum.own / total,
      above: sum.above / total)
  }

  private func add(_ weight: Double, at value: Int, to sum: inout Moments) {
    sum.excess += weight * Double(value - observed)
    if value < observed {
      sum.below += weight
    } else if value > observed {
      sum.above += weight
    } else {
      sum.own += weight
    }
  }

  /// How much more probable one more treated responder is, at an odds ratio of 1.
  private func ratio(after k: Int) -> Double {
    let (n1, n2, s) = (table.treated.patients, table.control.patients, table.responders)
    return Double(n1 - k) / Double(k + 1) * (Double(s - k) / Double(n2 - s + k + 1))
  }

  private func mode(_ odds: Double) -> Int {
    var (low, high) = (support.lowerBound, support.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if ratio(after: middle) * odds >= 1 { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
