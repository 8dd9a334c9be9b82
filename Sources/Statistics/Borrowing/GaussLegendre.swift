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
    let rule = LegendreRule(points: count)
    (nodes, weights) = (rule.nodes, rule.weights)
    let (nodes, weights) = (nodes, weights)
    transform = (0..<count).map { degree in
      zip(nodes, weights).map { x, weight in
        Double(2 * degree + 1) / 2 * weight * LegendreRule.polynomial(degree, at: x).value
      }
    }
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
