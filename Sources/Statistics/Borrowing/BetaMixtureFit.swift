internal import CRmath
internal import Glibc

extension BetaMixture {
  /// The mixture of as few beta distributions, at most four, that approximates a density.
  ///
  /// Each number of beta distributions is fitted by the EM algorithm on the density's own
  /// quadrature points, which maximizes the expected log density: no random numbers. The first
  /// whose Kullback–Leibler divergence from the density is below 10⁻³ is taken, else four. As in
  /// RBesT no number of a component falls below 1, so that the effective sample size exists.
  ///
  /// - Returns: the mixture, and the divergence in natural units.
  public static func approximating(
    _ density: RateDensity
  ) -> (mixture: BetaMixture, divergence: Double) {
    let points = FitPoints(density)
    var best = points.fit(components: 1, density)
    for count in 2...4 where best.divergence > 1e-3 {
      let next = points.fit(components: count, density)
      if next.divergence < best.divergence { best = next }
    }
    return best
  }
}

/// A density at its quadrature points.
private struct FitPoints {
  private var weights: [Double] = []
  private var logRates: [Double] = []
  private var logOthers: [Double] = []
  private var logDensities: [Double] = []

  init(_ density: RateDensity) {
    for (logit, weight, logDensity) in density.logit.points where weight > 1e-10 {
      weights.append(weight)
      logRates.append(-softplus(-logit))
      logOthers.append(-softplus(logit))
      logDensities.append(logDensity)
    }
  }

  func fit(components: Int, _ density: RateDensity) -> (mixture: BetaMixture, divergence: Double) {
    var mixture = start(components, density)
    var divergence = Double.infinity
    for _ in 0..<400 {
      let (next, current) = step(mixture)
      let isDone = divergence - current < 1e-8
      divergence = current
      if isDone { break }
      mixture = next
    }
    return (mixture, divergence)
  }

  /// Components of equal weight at equally spaced quantiles.
  private func start(_ components: Int, _ density: RateDensity) -> BetaMixture {
    let variance = density.standardDeviation * density.standardDeviation
    let size = max(density.mean * (1 - density.mean) / variance - 1, 2)
    return BetaMixture(
      scaling: (0..<components).map { index in
        let rate = density.quantile((Double(index) + 0.5) / Double(components))
        let own = size * Double(components)
        return .init(
          weight: 1,
          shape: BetaShape(unchecked: max(1, rate * own), max(1, (1 - rate) * own)))
      })
  }

  /// One step of EM, and the divergence of the mixture it starts from.
  private func step(_ mixture: BetaMixture) -> (BetaMixture, Double) {
    let parts = mixture.components
    let constants = parts.map { log($0.weight) - lbeta($0.shape.a, $0.shape.b) }
    var sums = parts.map { _ in (total: 0.0, rate: 0.0, other: 0.0) }
    var divergence = 0.0
    var terms = [Double](repeating: 0, count: parts.count)
    for index in weights.indices {
      var total = 0.0
      for (k, part) in parts.enumerated() {
        terms[k] = exp(
          constants[k] + part.shape.a * logRates[index] + part.shape.b * logOthers[index])
        total += terms[k]
      }
      divergence += weights[index] * (logDensities[index] - log(total))
      for k in parts.indices {
        let share = weights[index] * terms[k] / total
        sums[k].total += share
        sums[k].rate += share * logRates[index]
        sums[k].other += share * logOthers[index]
      }
    }
    let next = zip(parts, sums).map { part, sum in
      BetaMixture.Component(
        weight: max(sum.total, 1e-12),
        shape: Self.maximum(
          near: part.shape, logRate: sum.rate / sum.total, logOther: sum.other / sum.total))
    }
    return (BetaMixture(scaling: next), divergence)
  }

  /// The beta distribution, of numbers at least 1, with these mean logarithms; by Newton's method.
  private static func maximum(
    near shape: BetaShape, logRate: Double, logOther: Double
  ) -> BetaShape {
    var (a, b) = (shape.a, shape.b)
    for _ in 0..<50 {
      let (first, second) = (
        logRate - digamma(a) + digamma(a + b), logOther - digamma(b) + digamma(a + b)
      )
      let common = trigamma(a + b)
      let (own, other) = (trigamma(a) - common, trigamma(b) - common)
      let determinant = own * other - common * common
      let stepA = (other * first + common * second) / determinant
      let stepB = (common * first + own * second) / determinant
      a = max(a / 2, a + stepA)
      b = max(b / 2, b + stepB)
      if stepA.magnitude <= 1e-12 * a, stepB.magnitude <= 1e-12 * b { break }
    }
    // With one number at its bound of 1 the other has a closed form: ψ(b + 1) − ψ(b) = 1/b.
    if a < 1 { return BetaShape(unchecked: 1, max(1, -1 / logOther)) }
    if b < 1 { return BetaShape(unchecked: max(1, -1 / logRate), 1) }
    return BetaShape(unchecked: min(a, 1e9), min(b, 1e9))
  }
}

extension PiecewiseLogDensity {
  /// The points of the rule on every panel, each with its share of the mass.
  var points: [(x: Double, weight: Double, logDensity: Double)] {
    panels.flatMap { panel in panel.whole.map { ($0.x, $0.weight, panel($0.x)) } }
  }
}
