/// The smallest interval that spans every rate Blaker's exact test does not reject.
///
/// At a rate below the estimate the acceptability of `x` responders is Pr(X ≥ x) plus the
/// largest opposite tail Pr(X ≤ k) not above it. As the rate grows k grows, and the
/// acceptability jumps up to twice Pr(X ≥ x); between two jumps it falls and then rises. From
/// Clopper-Pearson's limit on, Pr(X ≥ x) is at least half of α, so the first jump is accepted:
/// the limit is either there or the only crossing of α before it.
func blakerLimits(for count: ResponseCount, alpha: Double) -> (Double, Double) {
  let x = count.responders
  let n = count.patients
  let bracket = ExactLimitBracket(count, alpha: alpha)
  func lowerTail(_ k: Int, _ rate: Double) -> Double {
    Binomial(patients: n, rate: rate).lowerTail(k)
  }
  func upperTail(_ k: Int, _ rate: Double) -> Double {
    Binomial(patients: n, rate: rate).upperTail(k)
  }
  return (
    x == 0
      ? 0
      : BlakerSearch(
        alpha: alpha, near: { upperTail(x, $0) }, far: { lowerTail($0 - 1, $1) }
      ).limit(from: bracket.lower.outer, to: bracket.lower.inner, counts: n),
    x == n
      ? 1
      : BlakerSearch(
        alpha: alpha, near: { lowerTail(x, $0) }, far: { upperTail(n + 1 - $0, $1) }
      ).limit(from: bracket.upper.outer, to: bracket.upper.inner, counts: n)
  )
}

/// A search for one limit, written once for both sides.
private struct BlakerSearch {
  let alpha: Double
  /// The tail that starts at the observed count, at a rate.
  let near: (Double) -> Double
  /// The opposite tail of so many counts, at a rate.
  let far: (Int, Double) -> Double

  func limit(from outer: Double, to inner: Double, counts: Int) -> Double {
    let size = largestOppositeTail(at: outer, counts: counts)
    let end = nextJump(after: size, from: outer, to: inner)
    let excess = { near($0) + far(size, $0) - alpha }
    return excess(end) >= 0 ? bracketedRoot(between: outer, and: end, of: excess) : end
  }

  /// The number of counts in the largest opposite tail not above the near one.
  private func largestOppositeTail(at rate: Double, counts: Int) -> Int {
    let bound = near(rate)
    var (fits, exceeds) = (0, counts + 1)
    while exceeds - fits > 1 {
      let middle = (fits + exceeds) / 2
      if far(middle, rate) <= bound { fits = middle } else { exceeds = middle }
    }
    return fits
  }

  /// Where an opposite tail of one more count stops exceeding the near tail.
  private func nextJump(after size: Int, from start: Double, to inner: Double) -> Double {
    let gap = { far(size + 1, $0) - near($0) }
    return gap(inner) > 0 ? inner : bracketedRoot(between: start, and: inner, of: gap)
  }
}
