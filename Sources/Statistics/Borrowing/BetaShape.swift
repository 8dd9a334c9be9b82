internal import CRmath
internal import Glibc

/// The two numbers of a beta distribution.
public struct BetaShape: Sendable, Hashable {
  public let a: Double
  public let b: Double

  /// The smallest number taken; below it nearly all of the mass is at 0 or 1.
  public static let minimum = 0.01

  /// - Throws: ``StatisticsError/betaOutOfRange(_:_:)`` unless both lie between 0.01 and 10¹².
  public init(_ a: Double, _ b: Double) throws(StatisticsError) {
    guard (Self.minimum...1e12).contains(a), (Self.minimum...1e12).contains(b) else {
      throw .betaOutOfRange(a, b)
    }
    self.init(unchecked: a, b)
  }

  init(unchecked a: Double, _ b: Double) {
    self.a = a
    self.b = b
  }

  /// Jeffreys's prior, Beta(1/2, 1/2).
  public static let jeffreys = Self(unchecked: 0.5, 0.5)
  public static let uniform = Self(unchecked: 1, 1)

  public var mean: Double { a / (a + b) }
  public var variance: Double { a * b / ((a + b) * (a + b) * (a + b + 1)) }

  public func lowerTail(_ rate: Double) -> Double { pbeta(rate, a, b, 1, 0) }
  public func upperTail(_ rate: Double) -> Double { pbeta(rate, a, b, 0, 0) }
  public func quantile(_ tail: Double) -> Double { qbeta(tail, a, b, 1, 0) }

  /// The posterior after a count, `share` of which is counted.
  public func updated(by count: ResponseCount, share: Double = 1) -> Self {
    Self(
      unchecked: a + share * Double(count.responders),
      b + share * Double(count.nonResponders))
  }

  /// The probability of `responders` among `patients` of a trial whose rate is so distributed
  /// (the beta-binomial distribution).
  public func probability(of count: ResponseCount) -> Double { exp(logProbability(of: count)) }

  func logProbability(of count: ResponseCount) -> Double {
    let (x, y) = (Double(count.responders), Double(count.nonResponders))
    return lchoose(x + y, x) + lbeta(a + x, b + y) - lbeta(a, b)
  }

  // MARK: On the logit scale

  /// The logarithm of the density of the logit.
  func logDensity(atLogit x: Double) -> Double {
    let largest = a * log(a / (a + b)) + b * log(b / (a + b))
    return BinomialLogLikelihood(responders: a, nonResponders: b).value(at: x) + largest
      - lbeta(a, b)
  }

  /// The mode of the logit's density and its width there.
  var logitScale: (center: Double, width: Double) {
    (log(a / b), ((a + b) / (a * b)).squareRoot())
  }

  /// Beyond this the density of the logit is below about e⁻⁸⁰ of its largest value.
  var logitRange: ClosedRange<Double> {
    let (center, width) = logitScale
    return center - 13 * width - 80 / a...center + 13 * width + 80 / b
  }
}
