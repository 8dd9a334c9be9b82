internal import Glibc

/// The 16-point Gauss–Legendre rule on −1…1, and the Legendre series through its nodes.
struct GaussLegendre: Sendable {
  static let points = 16
  static let rule = GaussLegendre()
  /// What Clenshaw's recurrence multiplies by at each degree.
  static let clenshaw = (0..<points).map { degree in
    let l = Double(degree)
    return (first: (2 * l + 1) / (l + 1), second: (l + 1) / (l + 2))
  }

  let nodes: [Double]
  let weights: [Double]
  /// Row *l* turns values at the nodes into the coefficient of P*ₗ*.
  private let transform: [[Double]]

  private init() {
    let count = Self.points
    nodes = (0..<count).map { Self.root($0, of: count) }
    weights = nodes.map { x in
      let (value, below) = Self.polynomial(count, at: x)
      let slope = Double(count) * (x * value - below) / (x * x - 1)
      return 2 / ((1 - x * x) * slope * slope)
    }
    let (nodes, weights) = (nodes, weights)
    transform = (0..<count).map { degree in
      zip(nodes, weights).map { x, weight in
        Double(2 * degree + 1) / 2 * weight * Self.polynomial(degree, at: x).value
      }
    }
  }

  /// P*ₙ* and P*ₙ₋₁* at `x`.
  private static func polynomial(_ degree: Int, at x: Double) -> (value: Double, below: Double) {
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

  /// The coefficients of the Legendre series of degree 15 that takes these values at the nodes.
  func coefficients(of values: [Double]) -> [Double] {
    transform.map { row in
      var sum = 0.0
      for (factor, value) in zip(row, values) { sum += factor * value }
      return sum
    }
  }
}
