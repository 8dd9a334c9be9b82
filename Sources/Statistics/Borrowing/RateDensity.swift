internal import Glibc

/// A probability density of a response rate: a prior, a posterior, or the prediction for a trial.
///
/// It is kept on the logit scale, where neither end of the range is special. Moments, quantiles
/// and probabilities are integrals of it and agree with closed forms, where there are any, to ten
/// digits.
public struct RateDensity: Sendable {
  let logit: PiecewiseLogDensity

  init(_ logit: PiecewiseLogDensity) { self.logit = logit }

  /// The beta distribution.
  ///
  /// - Throws: ``StatisticsError/betaOutOfRange(_:_:)`` unless both numbers are at least 0.01.
  public static func beta(_ a: Double, _ b: Double) throws(StatisticsError) -> Self {
    Self(try BetaShape(a, b))
  }

  public init(_ shape: BetaShape) {
    logit = PiecewiseLogDensity(over: shape.logitRange, scales: [shape.logitScale]) {
      shape.logDensity(atLogit: $0)
    }
  }

  /// A mixture; weights need not sum to one.
  public init(mixing parts: [(weight: Double, density: Self)]) {
    let parts = parts.filter { $0.weight > 0 }
    let total = parts.reduce(0) { $0 + $1.weight }
    let lower = parts.map(\.density.logit.range.lowerBound).min() ?? 0
    let upper = parts.map(\.density.logit.range.upperBound).max() ?? 0
    logit = PiecewiseLogDensity(
      over: lower...upper, scales: parts.map(\.density.scale)
    ) { x in
      let terms = parts.map { log($0.weight / total) + $0.density.logit(x) }
      let most = terms.max() ?? 0
      guard most.isFinite else { return -.infinity }
      return most + log(terms.reduce(0) { $0 + exp($1 - most) })
    }
  }

  /// Where the density is, and how wide its middle half.
  private var scale: (center: Double, width: Double) {
    let (lower, upper) = (logit.quantile(0.25), logit.quantile(0.75))
    return (logit.quantile(0.5), max((upper - lower) / 2, 1e-9))
  }

  // MARK: Summaries

  public var mean: Double { logit.expectation(of: expit) }

  public var standardDeviation: Double {
    let mean = mean
    return logit.expectation { (expit($0) - mean) * (expit($0) - mean) }.squareRoot()
  }

  /// The rate below which `tail` of the mass lies.
  public func quantile(_ tail: Double) -> Double { expit(logit.quantile(tail)) }

  /// The probability that the rate is at most `rate`.
  public func lowerTail(_ rate: Double) -> Double {
    guard rate > 0 else { return 0 }
    guard rate < 1 else { return 1 }
    return logit.lowerTail(log(rate) - log1p(-rate))
  }

  /// The density per unit of the rate.
  public func callAsFunction(_ rate: Double) -> Double {
    guard rate > 0, rate < 1 else { return .nan }
    return exp(logit(log(rate) - log1p(-rate))) / (rate * (1 - rate))
  }

  /// The expectation of a function of the rate.
  public func expectation(of function: (Double) -> Double) -> Double {
    logit.expectation { function(expit($0)) }
  }

  /// The integral of a function of the rate over the rates above a bound.
  func expectation(above bound: Double, of function: (Double) -> Double) -> Double {
    let start = log(bound) - log1p(-bound)
    return logit.expectation(
      of: { function(expit($0)) }, over: start...max(start, logit.range.upperBound))
  }

  /// The integral of a function of the rate over the rates below a bound.
  func expectation(below bound: Double, of function: (Double) -> Double) -> Double {
    let end = bound < 1 ? log(bound) - log1p(-bound) : logit.range.upperBound
    return logit.expectation(
      of: { function(expit($0)) }, over: min(end, logit.range.lowerBound)...end)
  }

  // MARK: Data

  /// The posterior after a count.
  ///
  /// - Returns: the posterior, and the logarithm of the count's probability under this density,
  ///   less that of the count's own best rate (the same for every density).
  public func updated(by count: ResponseCount) -> (posterior: Self, logEvidence: Double) {
    let likelihood = BinomialLogLikelihood(count)
    let near = BetaShape(unchecked: likelihood.responders + 0.5, likelihood.nonResponders + 0.5)
    let posterior = PiecewiseLogDensity(
      over: logit.range, scales: [scale, near.logitScale]
    ) { logit($0) + likelihood.value(at: $0) }
    return (Self(posterior), posterior.logTotal)
  }
}
