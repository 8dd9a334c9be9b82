import Glibc

/// The tails of a binomial distribution at an observed count, as functions of its rate.
struct BinomialTails {
  let events: Int
  let total: Int

  /// P(X ≥ events) where every patient responds with probability `rate`.
  func atLeast(at rate: Double) -> Double {
    (events...total).reduce(0) { $0 + probability(of: $1, at: rate) }
  }

  /// P(X ≤ events).
  func atMost(at rate: Double) -> Double {
    (0...events).reduce(0) { $0 + probability(of: $1, at: rate) }
  }

  /// The Clopper-Pearson interval: the rates that neither one-sided test at half the level rejects.
  func interval(level: Double) -> (lower: Double, upper: Double) {
    let alpha = (1 - level) / 2
    let lower = events == 0 ? 0 : Self.root { atLeast(at: $0) - alpha }
    let upper = events == total ? 1 : Self.root { alpha - atMost(at: $0) }
    return (lower, upper)
  }

  private func probability(of count: Int, at rate: Double) -> Double {
    let (n, k) = (Double(total), Double(count))
    let logChoose = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(logChoose + k * log(rate) + (n - k) * log1p(-rate))
  }

  /// Where a function that rises from below zero on (0, 1) crosses it, by bisection.
  private static func root(_ function: (Double) -> Double) -> Double {
    var (low, high) = (0.0, 1.0)
    while true {
      let middle = (low + high) / 2
      guard low < middle, middle < high else { return middle }
      if function(middle) < 0 { low = middle } else { high = middle }
    }
  }
}
