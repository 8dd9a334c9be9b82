internal import Glibc

/// Two standard normal variables with a correlation.
public struct BivariateNormal: Sendable, Hashable {
  public let correlation: Double

  /// - Throws: ``StatisticsError/correlationOutOfRange(_:)`` unless the correlation lies from −1
  ///   to 1.
  public init(correlation: Double) throws(StatisticsError) {
    guard (-1...1).contains(correlation) else { throw .correlationOutOfRange(correlation) }
    self.correlation = correlation
  }

  /// The correlation is held within −1 and 1, which rounding may have left.
  package init(clamping correlation: Double) { self.correlation = min(1, max(-1, correlation)) }

  /// Pr(X ≥ `x`, Y ≥ `y`), to about 1e-15.
  ///
  /// By Gauss and Legendre's rule in the angle whose sine is the correlation; near ±1, after taking
  /// off what is singular there.
  ///
  /// ## References
  ///
  /// - Drezner Z, Wesolowsky GO (1990). On the computation of the bivariate normal integral. *J
  ///   Stat Comput Simul* 35:101–107.
  /// - Genz A (2004). Numerical computation of rectangular bivariate and trivariate normal and *t*
  ///   probabilities. *Stat Comput* 14:251–260.
  public func upperTail(_ x: Double, _ y: Double) -> Double {
    if x == .infinity || y == .infinity { return 0 }
    if x == -.infinity { return normalUpperTail(y) }
    if y == -.infinity { return normalUpperTail(x) }
    return correlation.magnitude < 0.925
      ? Self.moderateTail(x, y, correlation) : Self.strongTail(x, y, correlation)
  }

  /// Pr(a ≤ X ≤ b, c ≤ Y ≤ d).
  package func rectangle(_ x: (Double, Double), _ y: (Double, Double)) -> Double {
    max(
      0, upperTail(x.0, y.0) - upperTail(x.1, y.0) - upperTail(x.0, y.1) + upperTail(x.1, y.1))
  }

  /// Pr(Y ≤ `y` | X = `x`).
  ///
  /// - Precondition: the correlation is neither 1 nor −1.
  func lowerTail(_ y: Double, given x: Double) -> Double {
    let scale = ((1 - correlation) * (1 + correlation)).squareRoot()
    return normalLowerTail((y - correlation * x) / scale)
  }
}

extension BivariateNormal {
  private static func moderateTail(_ h: Double, _ k: Double, _ correlation: Double) -> Double {
    let (half, product) = ((h * h + k * k) / 2, h * k)
    let angle = asin(correlation)
    let sum = LegendreRule.twentyPoints.unitIntegral { node in
      let sine = sin(angle * node)
      return exp((sine * product - half) / (1 - sine * sine))
    }
    return sum * angle / (2 * .pi) + normalUpperTail(h) * normalUpperTail(k)
  }

  private static func strongTail(_ h: Double, _ k: Double, _ correlation: Double) -> Double {
    // A negative correlation is a positive one of X and −Y.
    let y = correlation < 0 ? -k : k
    let correction = correlation.magnitude < 1 ? nearOne(h, y, correlation) : 0
    if correlation > 0 { return max(0, correction + normalUpperTail(max(h, y))) }
    let whole = y > h ? normalLowerTail(y) - normalLowerTail(h) : 0
    let upper = y > h && h >= 0 ? normalUpperTail(h) - normalUpperTail(y) : whole
    return max(0, upper - correction)
  }

  /// What Pr(X > h, Y > k) lacks of its value at a correlation of 1.
  private static func nearOne(_ h: Double, _ k: Double, _ correlation: Double) -> Double {
    let product = h * k
    let squared = (1 - correlation) * (1 + correlation)
    let width = squared.squareRoot()
    let gap = (h - k) * (h - k)
    let (c, d) = ((4 - product) / 8, (12 - product) / 80)
    var taken = 0.0
    let exponent = -(gap / squared + product) / 2
    if exponent > -100 {
      taken =
        width * exp(exponent)
        * (1 - c * (gap - squared) * (1 - d * gap) / 3 + c * d * squared * squared)
    }
    if product > -100 {
      let distance = gap.squareRoot()
      taken -=
        exp(-product / 2) * (2 * .pi).squareRoot() * normalUpperTail(distance / width) * distance
        * (1 - c * gap * (1 - d * gap) / 3)
    }
    let sum = LegendreRule.twentyPoints.unitIntegral { node in
      let x = width * node * width * node
      let power = -(gap / x + product) / 2
      guard power > -100 else { return 0 }
      let root = (1 - x).squareRoot()
      let series = 1 + c * x * (1 + 5 * d * x)
      let exact = exp(-product / 2 * x / ((1 + root) * (1 + root))) / root
      return exp(power) * (series - exact)
    }
    return (width * sum - taken) / (2 * .pi)
  }
}
