/// How treated responders are distributed once both margins of a table are fixed.
///
/// Weights are built by the ratio of neighbors rather than from factorials: no logarithm is
/// taken, so nothing cancels, and each is right to a few parts in 10¹⁶ for every step from the
/// mode. Values 10³⁰⁰ times less probable than the mode count as impossible.
struct Hypergeometric {
  /// The numbers of treated responders that carry weight.
  let support: ClosedRange<Int>

  /// Weights over `support`, in order; the mode has 1.
  let weights: [Double]
  let total: Double

  /// - Complexity: O(√*n*) in time and space, where *n* is the number of patients.
  init(_ table: ContingencyTable) {
    let (treated, control) = (table.treated.patients, table.control.patients)
    let responders = table.responders
    let possible = max(0, responders - control)...min(responders, treated)
    let mode = min(
      max((responders + 1) * (treated + 1) / (treated + control + 2), possible.lowerBound),
      possible.upperBound)
    let above = Self.falling(mode..<possible.upperBound) { k in
      Double(treated - k) / Double(k + 1)
        * (Double(responders - k) / Double(control - responders + k + 1))
    }
    let below = Self.falling((possible.lowerBound..<mode).reversed()) { k in
      Double(k + 1) / Double(treated - k)
        * (Double(control - responders + k + 1) / Double(responders - k))
    }
    support = mode - below.count...mode + above.count
    weights = below.reversed() + [1] + above
    total = weights.reduce(0, +)
  }

  private static func falling(
    _ steps: some Sequence<Int>, _ ratio: (Int) -> Double
  ) -> [Double] {
    var weights: [Double] = []
    var weight = 1.0
    for step in steps {
      weight *= ratio(step)
      if weight < 1e-300 { break }
      weights.append(weight)
    }
    return weights
  }
}

extension Hypergeometric {
  /// Fisher's exact *p*-value of an observed number of treated responders.
  func pValue(_ observed: Int, _ alternative: Alternative) -> Double {
    switch alternative {
    case .less: probability { k, _ in k <= observed }
    case .greater: probability { k, _ in k >= observed }
    case .twoSided: probability { [limit = weight(of: observed) * tieFactor] in $1 <= limit }
    }
  }

  /// Fisher's *p*-value with half the probability of the tables as extreme as the observed one.
  ///
  /// Two-sided it is 1, not one half, when the margins leave only one table.
  func midPValue(_ observed: Int, _ alternative: Alternative) -> Double {
    let own = weight(of: observed)
    if alternative == .twoSided, weights.count == 1 { return 1 }
    let tied =
      alternative == .twoSided
      ? probability { $1 <= own * tieFactor && own <= $1 * tieFactor } : own / total
    return max(0, pValue(observed, alternative) - tied / 2)
  }

  private func weight(of value: Int) -> Double {
    support.contains(value) ? weights[value - support.lowerBound] : 0
  }

  private func probability(where isIncluded: (Int, Double) -> Bool) -> Double {
    var sum = 0.0
    for (k, weight) in zip(support, weights) where isIncluded(k, weight) { sum += weight }
    return min(1, sum / total)
  }
}

/// Tables whose probabilities agree to one part in 10⁷ count as equally probable, as in R.
private let tieFactor = 1 + relativeTieTolerance
