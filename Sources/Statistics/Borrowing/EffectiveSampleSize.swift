internal import Glibc

/// How many patients a prior is worth.
///
/// The measures differ for a prior that is not a beta distribution; for Beta(*a*, *b*) each is
/// *a* + *b*.
///
/// ## References
///
/// - Neuenschwander B, Weber S, Schmidli H, O'Hagan A (2020). Predictively consistent prior
///   effective sample sizes. *Biometrics* 76:578–587.
/// - Morita S, Thall PF, Müller P (2008). Determining the effective sample size of a parametric
///   prior. *Biometrics* 64:595–602.
public enum EffectiveSampleSize: String, Sendable, CaseIterable {
  /// The expected local information ratio: the prior's information on the rate over that of one
  /// patient, averaged over the prior. It grows by *n* when *n* patients are observed.
  case elir
  /// That of the beta distribution with the prior's mean and variance.
  case moment
  /// The size at which a nearly flat prior's expected information at the mode is the prior's.
  case morita
}

extension BetaMixture {
  /// The effective sample size; none by `elir` where a number of a beta component is 1 or less
  /// (or, in a mixture, below 1.1), because the integral then diverges or nearly does.
  public func effectiveSampleSize(_ method: EffectiveSampleSize) -> Double? {
    switch method {
    case .elir: elir
    case .moment: mean * (1 - mean) / variance - 1
    case .morita: morita
    }
  }

  private var elir: Double? {
    let shapes = components.map(\.shape)
    if shapes.count == 1 {
      return shapes[0].a > 1 && shapes[0].b > 1 ? shapes[0].a + shapes[0].b : nil
    }
    let least = (a: shapes.map(\.a).min() ?? 0, b: shapes.map(\.b).min() ?? 0)
    guard least.a >= 1.1, least.b >= 1.1 else { return nil }
    // The integrand falls more slowly than the density, by one power of the rate.
    let range = max(-700, -80 / (least.a - 1))...min(700, 80 / (least.b - 1))
    let tilted = PiecewiseLogDensity(over: range, scales: shapes.map(\.logitScale)) { logit in
      logDensity(atLogit: logit) + softplus(logit) + softplus(-logit)
    }
    return exp(tilted.logTotal)
      * tilted.expectation { logit in
        let far = expit(logit.magnitude)
        return informationInNearRate(logit) * far * far
      }
  }

  /// The logarithm of the density of the logit.
  fileprivate func logDensity(atLogit logit: Double) -> Double {
    let logs = components.map { log($0.weight) + $0.shape.logDensity(atLogit: logit) }
    let most = logs.max() ?? 0
    return most + log(logs.reduce(0) { $0 + exp($1 - most) })
  }

  /// Minus the second derivative of the log density in the rate, times the square of the rate or
  /// of its complement, whichever is smaller: it is finite however near 0 or 1 the rate is.
  private func informationInNearRate(_ logit: Double) -> Double {
    let near = expit(-logit.magnitude)
    let (perRate, perOther) = (near / expit(logit), near / expit(-logit))
    let logs = components.map { log($0.weight) + $0.shape.logDensity(atLogit: logit) }
    let most = logs.max() ?? 0
    var (total, first, second) = (0.0, 0.0, 0.0)
    for (component, log) in zip(components, logs) {
      let shape = component.shape
      // The rate's density has one power of the rate and of its complement less.
      let (a, b) = (shape.a - 1, shape.b - 1)
      let slope = a * perRate - b * perOther
      let term = exp(log - most)
      total += term
      first += term * slope
      second += term * (slope * slope - a * perRate * perRate - b * perOther * perOther)
    }
    return first * first / (total * total) - second / total
  }

  /// Beta(*m*/100, (1 − *m*)/100) about the mode *m* is the nearly flat prior, as in RBesT.
  private var morita: Double {
    let mode = mode
    let near = min(mode, 1 - mode)
    let information = informationInNearRate(log(mode) - log1p(-mode)) / (near * near)
    let perPatient = mean / (mode * mode) + (1 - mean) / ((1 - mode) * (1 - mode))
    let flat =
      (mode / 100 - 1) / (mode * mode)
      + ((1 - mode) / 100 - 1) / ((1 - mode) * (1 - mode))
    return (information - flat) / perPatient
  }

  /// The most probable rate strictly inside 0…1.
  private var mode: Double {
    let points = 2000
    let logDensity = { (rate: Double) in
      log(self.components.reduce(0) { $0 + $1.weight * exp($1.shape.logDensity(at: rate)) })
    }
    let best =
      (1..<points).max {
        logDensity(Double($0) / Double(points)) < logDensity(Double($1) / Double(points))
      } ?? points / 2
    var (low, high) = (Double(best - 1) / Double(points), Double(best + 1) / Double(points))
    for _ in 0..<80 {
      let (first, second) = (low + (high - low) * 0.382, low + (high - low) * 0.618)
      if logDensity(first) < logDensity(second) { low = first } else { high = second }
    }
    return (low + high) / 2
  }
}

extension BetaShape {
  /// The logarithm of the density of the rate.
  func logDensity(at rate: Double) -> Double {
    logDensity(atLogit: log(rate) - log1p(-rate)) - log(rate) - log1p(-rate)
  }
}
