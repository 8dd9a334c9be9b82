/// The response rate of one group over several strata, with a weight for each.
struct StratifiedRate {
  let counts: [ResponseCount]
  /// They sum to 1.
  let weights: [Double]

  /// λ = Σ w² / n, which takes the place of 1/n.
  var inverseSize: Double {
    zip(weights, counts).reduce(0) { $0 + $1.0 * $1.0 / Double($1.1.patients) }
  }

  /// Yan and Su's stratified Wilson limits: each stratum's own limits, at a deviate reduced so
  /// that their weighted mean has the length of the whole's.
  func wilsonLimits(deviate z: Double) -> (lower: Double, upper: Double) {
    let reduced = z * shrinkage
    var (lower, upper) = (0.0, 0.0)
    for (weight, count) in zip(weights, counts) {
      let limits = Statistics.wilsonLimits(for: count, deviate: reduced)
      lower += weight * limits.lower
      upper += weight * limits.upper
    }
    return (lower, upper)
  }

  /// √(Σ w² v) / Σ w √v with v = p (1 − p) / n.
  ///
  /// Where every stratum's variance is 0 the ratio has no value; that of equal rates is taken.
  private var shrinkage: Double {
    let variances = counts.map { $0.rate * (1 - $0.rate) / Double($0.patients) }
    let known = variances.contains { $0 > 0 }
    let v = known ? variances : counts.map { 1 / Double($0.patients) }
    let squares = zip(weights, v).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    let roots = zip(weights, v).reduce(0) { $0 + $1.0 * $1.1.squareRoot() }
    return squares.squareRoot() / roots
  }
}
