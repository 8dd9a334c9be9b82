internal import CRmath

/// Two standard normal variables with a correlation.
public struct BivariateNormal: Sendable, Hashable {
  public let correlation: Double

  /// - Throws: ``StatisticsError/correlationOutOfRange(_:)`` unless the correlation lies from −1
  ///   to 1.
  public init(correlation: Double) throws(StatisticsError) {
    guard (-1...1).contains(correlation) else { throw .correlationOutOfRange(correlation) }
    self.correlation = correlation
  }

  /// Pr(X ≥ `x`, Y ≥ `y`), to about 1e-15.
  ///
  /// Q(x) Q(y) + (1 / 2π) ∫ exp(−(x² + y² − 2 x y sin θ) / (2 cos² θ)) dθ over 0 to the arcsine
  /// of the correlation ρ; where ρ is nearer to 1 than to 0, min(Q(x), Q(y)) less the integral
  /// from there to π/2, and by the mirror image where it is nearer to −1. Either integral is
  /// halved until Gauss and Legendre's rule no longer changes.
  ///
  /// ## References
  ///
  /// - Plackett RL (1954). A reduction formula for normal multivariate integrals. *Biometrika*
  ///   41:351–360.
  /// - Drezner Z, Wesolowsky GO (1990). On the computation of the bivariate normal integral. *J
  ///   Stat Comput Simul* 35:101–107.
  public func upperTail(_ x: Double, _ y: Double) -> Double {
    guard x.isFinite, y.isFinite else { return Self.degenerate(x, y) }
    if correlation < -0.5 {
      let mirrored = Self.strong(-correlation, x, -y)
      return max(0, normalUpperTail(x) - mirrored)
    }
    if correlation > 0.5 { return Self.strong(correlation, x, y) }
    let end = asin(correlation)
    return normalUpperTail(x) * normalUpperTail(y) + Self.integral(x, y, from: 0, to: end)
  }

  /// Pr(Y ≤ `y` | X = `x`).
  public func lowerTail(_ y: Double, given x: Double) -> Double {
    let scale = ((1 - correlation) * (1 + correlation)).squareRoot()
    return normalLowerTail((y - correlation * x) / scale)
  }

  private static func degenerate(_ x: Double, _ y: Double) -> Double {
    if x == .infinity || y == .infinity { return 0 }
    return x == -.infinity ? normalUpperTail(y) : normalUpperTail(x)
  }

  private static func strong(_ correlation: Double, _ x: Double, _ y: Double) -> Double {
    normalUpperTail(max(x, y)) - integral(x, y, from: asin(correlation), to: .pi / 2)
  }

  private static func integral(
    _ x: Double, _ y: Double, from start: Double, to end: Double
  ) -> Double {
    let (gap, product) = ((x - y) * (x - y), x * y)
    func density(_ angle: Double) -> Double {
      let (sine, cosine) = (sin(angle), cos(angle))
      // (x² + y² − 2 x y s) / (2 c²) without the cancellation near a right angle.
      return exp(-gap / (2 * cosine * cosine) - product / (1 + sine))
    }
    let whole = GaussLegendre.rule.integral(of: density, from: start, to: end)
    return refined(density, from: start, to: end, whole, depth: 40) / (2 * .pi)
  }

  private static func refined(
    _ density: (Double) -> Double, from start: Double, to end: Double, _ whole: Double, depth: Int
  ) -> Double {
    let middle = (start + end) / 2
    let left = GaussLegendre.rule.integral(of: density, from: start, to: middle)
    let right = GaussLegendre.rule.integral(of: density, from: middle, to: end)
    guard (left + right - whole).magnitude > 1e-15, depth > 0 else { return left + right }
    return refined(density, from: start, to: middle, left, depth: depth - 1)
      + refined(density, from: middle, to: end, right, depth: depth - 1)
  }
}

extension GaussLegendre {
  func integral(
    of function: (Double) -> Double, from start: Double, to end: Double
  ) -> Double {
    let (center, half) = ((start + end) / 2, (end - start) / 2)
    var sum = 0.0
    for (node, weight) in zip(nodes, weights) { sum += weight * function(center + half * node) }
    return half * sum
  }
}
