internal import Glibc

/// Control rates that vary from trial to trial by a beta distribution, fitted by maximum
/// likelihood.
///
/// A trial's count is then beta-binomial with mean *m* and over-dispersion ρ, the correlation of
/// two patients of one trial; ρ = 0 is one rate for all trials and the estimate when the counts
/// vary no more than binomial ones would.
///
/// ## References
///
/// - Williams DA (1982). Extra-binomial variation in logistic linear models. *Appl Stat*
///   31:144–148.
/// - Griffiths DA (1973). Maximum likelihood estimation for the beta-binomial distribution and an
///   application to the household distribution of the total number of cases of a disease.
///   *Biometrics* 29:637–648.
public struct BetaBinomialModel: Sendable, Hashable {
  /// The mean rate *m*.
  public let mean: Double
  /// The correlation ρ of two patients of one trial.
  public let overdispersion: Double
  /// The standard error of the mean at the estimated over-dispersion.
  public let standardError: Double

  /// The most patients of all controls together; the work grows with them.
  public static let maximumPatients = 1_000_000

  /// - Throws: ``StatisticsError/tooFewControls(_:needed:method:)`` with fewer than two trials,
  ///   ``StatisticsError/tooManyPatients(_:limit:)`` above ``maximumPatients``, and
  ///   ``StatisticsError/notEstimable(_:)`` where nobody or everybody responded.
  public init(_ controls: [ResponseCount]) throws(StatisticsError) {
    guard controls.count >= 2 else {
      throw .tooFewControls(controls.count, needed: 2, method: "a beta-binomial fit")
    }
    let pooled = try PooledControl.count(controls)
    guard pooled.patients <= Self.maximumPatients else {
      throw .tooManyPatients(pooled.patients, limit: Self.maximumPatients)
    }
    guard pooled.responders > 0, pooled.nonResponders > 0 else {
      throw .notEstimable("the over-dispersion of controls in which nobody or everybody responded")
    }
    let score = BetaBinomialScore(controls: controls)
    let theta = score.mostLikelyTheta()
    let mean = score.mostLikelyMean(theta)
    let rho = theta / (1 + theta)
    self.mean = mean
    overdispersion = rho
    let information = controls.reduce(0) {
      $0 + Double($1.patients) / (1 + Double($1.patients - 1) * rho)
    }
    standardError = (mean * (1 - mean) / information).squareRoot()
  }

  /// The prior for a new trial's rate: the beta distribution with mean *m* whose variance is that
  /// between trials, ρ*m*(1 − *m*), and the mean's own squared standard error.
  ///
  /// - Throws: ``StatisticsError/notEstimable(_:)`` where trials differ so much that every rate
  ///   is near 0 or 1.
  public func predictive() throws(StatisticsError) -> BetaShape {
    let binomial = mean * (1 - mean)
    let size = binomial / (binomial * overdispersion + standardError * standardError) - 1
    guard size * min(mean, 1 - mean) >= BetaShape.minimum else {
      throw .notEstimable("a beta distribution for controls that differ so much")
    }
    return try BetaShape(size * mean, size * (1 - mean))
  }
}

/// The derivatives of the beta-binomial log likelihood in the mean *m* and θ = ρ/(1 − ρ).
private struct BetaBinomialScore {
  let controls: [ResponseCount]

  /// Σ 1/(rate + *i*θ) over *i* below the count, and the same weighed by *i*.
  private func sums(_ rate: Double, _ theta: Double, _ count: Int) -> (Double, Double) {
    var (plain, weighed) = (0.0, 0.0)
    for index in 0..<count {
      let i = Double(index)
      plain += 1 / (rate + i * theta)
      weighed += i / (rate + i * theta)
    }
    return (plain, weighed)
  }

  func mostLikelyMean(_ theta: Double) -> Double {
    bracketedRoot(between: 1e-15, and: 1 - 1e-15) { mean in
      controls.reduce(0) {
        $0 + sums(mean, theta, $1.responders).0 - sums(1 - mean, theta, $1.nonResponders).0
      }
    }
  }

  /// The derivative in θ, with the mean at its best for that θ.
  private func profile(_ theta: Double) -> Double {
    let mean = mostLikelyMean(theta)
    return controls.reduce(0) {
      $0 + sums(mean, theta, $1.responders).1 + sums(1 - mean, theta, $1.nonResponders).1
        - sums(1, theta, $1.patients).1
    }
  }

  /// 0 where the likelihood falls from there on.
  func mostLikelyTheta() -> Double {
    guard profile(0) > 0 else { return 0 }
    var high = 0.01
    while high < 1e4, profile(high) > 0 { high *= 4 }
    return bracketedRoot(between: 0, and: high, of: profile)
  }
}
