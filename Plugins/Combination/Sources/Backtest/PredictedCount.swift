internal import Glibc

import Statistics

/// How many of a combination's patients respond, predicted from its parts' counts.
///
/// The parts' rates have their posteriors under Jeffreys's priors, Beta(r + ½, n − r + ½); the
/// combination's rate is what the null makes of them, and its count binomial. Both integrals are
/// done by the trapezoidal rule on the logit scale, where a beta density falls to nothing at both
/// ends and that rule converges faster than any power of its step: probabilities are good to about
/// 1e-9.
struct PredictedCount: Sendable {
  let patients: Int
  /// The combination's rate at pairs of the parts' rates, with the probability of each pair.
  private let rates: [(rate: Double, weight: Double)]

  init(_ first: ResponseCount, _ second: ResponseCount, null: ResponseNull, patients: Int) {
    let (ones, others) = (Self.posterior(first), Self.posterior(second))
    self.patients = patients
    rates = ones.flatMap { one in
      others.compactMap { other in
        let weight = one.weight * other.weight
        return weight > 1e-16 ? (null.rate(one.rate, other.rate), weight) : nil
      }
    }
  }

  /// Rates at equal steps of their logits, with their shares of the posterior.
  private static func posterior(_ count: ResponseCount) -> [(rate: Double, weight: Double)] {
    let shape = BetaShape.jeffreys.updated(by: count)
    let (low, high) = (logit(shape.quantile(1e-13)), logit(shape.quantile(1 - 1e-13)))
    let steps = 80
    let points = (0...steps).map { step in
      let logit = low + (high - low) * Double(step) / Double(steps)
      let (rate, rest) = (1 / (1 + exp(-logit)), 1 / (1 + exp(logit)))
      return (rate: rate, weight: exp(shape.a * log(rate) + shape.b * log(rest) - peak(shape)))
    }
    let total = points.reduce(0) { $0 + $1.weight }
    return points.map { ($0.rate, $0.weight / total) }
  }

  /// The largest logarithm of a beta density on the logit scale, so that none underflows.
  private static func peak(_ shape: BetaShape) -> Double {
    shape.a * log(shape.mean) + shape.b * log(1 - shape.mean)
  }

  private static func logit(_ rate: Double) -> Double { log(rate) - log1p(-rate) }

  /// Pr(X ≤ `responders`).
  func lowerTail(_ responders: Int) -> Double {
    guard responders >= 0 else { return 0 }
    guard responders < patients,
      let shape = try? BetaShape(Double(responders + 1), Double(patients - responders))
    else { return 1 }
    // Pr(X ≤ x) of a binomial is the upper tail of Beta(x + 1, n − x) at its rate.
    return rates.reduce(0) { $0 + $1.weight * shape.upperTail($1.rate) }
  }

  /// The counts between which a share `level` lies, with at most half of the rest on either side.
  func limits(level: Double) -> (lower: Int, upper: Int) {
    let tail = (1 - level) / 2
    return (first { lowerTail($0) > tail }, first { lowerTail($0) >= 1 - tail })
  }

  /// Twice the smaller tail of a count, at most 1.
  func pValue(_ responders: Int) -> Double {
    min(1, 2 * min(lowerTail(responders), 1 - lowerTail(responders - 1)))
  }

  /// The least count at which a condition holds that holds for all after it.
  private func first(_ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, patients)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
