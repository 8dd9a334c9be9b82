internal import Glibc

/// Gauss and Legendre's rule: exact for polynomials of degree 2 n − 1 with n points.
package struct LegendreRule: Sendable {
  package static let twentyPoints = Self(points: 20)
  package static let sixtyPoints = Self(points: 60)

  /// Between −1 and 1, in rising order: the roots of Legendre's polynomial.
  package let nodes: [Double]
  package let weights: [Double]

  package init(points count: Int) {
    nodes = (0..<count).map { Self.root($0, of: count) }
    weights = nodes.map { x in
      let (value, below) = Self.polynomial(count, at: x)
      let slope = Double(count) * (x * value - below) / (x * x - 1)
      return 2 / ((1 - x * x) * slope * slope)
    }
  }

  /// The integral of a function from 0 to 1.
  package func unitIntegral(of function: (Double) -> Double) -> Double {
    var sum = 0.0
    for (node, weight) in zip(nodes, weights) { sum += weight * function((1 + node) / 2) }
    return sum / 2
  }

  /// P*ₙ* and P*ₙ₋₁* at `x`.
  static func polynomial(_ degree: Int, at x: Double) -> (value: Double, below: Double) {
    var (value, below) = (1.0, 0.0)
    for k in 0..<degree {
      (value, below) = (
        (Double(2 * k + 1) * x * value - Double(k) * below) / Double(k + 1), value
      )
    }
    return (value, below)
  }

  private static func root(_ index: Int, of count: Int) -> Double {
    var x = -cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
    for _ in 0..<8 {
      let (value, below) = polynomial(count, at: x)
      x -= value * (x * x - 1) / (Double(count) * (x * value - below))
    }
    return x
  }
}
