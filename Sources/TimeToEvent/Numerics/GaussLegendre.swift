internal import Glibc

/// Gauss and Legendre's rule on 0 to 1.
enum GaussLegendre {
  /// Twenty nodes and their weights.
  static let twenty = rule(20)
  static let sixty = rule(60)

  /// Nodes are the roots of Legendre's polynomial, by Newton's steps from their usual estimates.
  private static func rule(_ count: Int) -> [(node: Double, weight: Double)] {
    (0..<count).map { index in
      var x = cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<100 {
        let (value, derivative) = legendre(count, x)
        slope = derivative
        x -= value / derivative
        if (value / derivative).magnitude < 1e-16 { break }
      }
      return ((1 - x) / 2, 1 / ((1 - x * x) * slope * slope))
    }
  }

  private static func legendre(_ degree: Int, _ x: Double) -> (value: Double, derivative: Double) {
    var (before, value) = (1.0, x)
    for k in 2...degree {
      let next = (Double(2 * k - 1) * x * value - Double(k - 1) * before) / Double(k)
      (before, value) = (value, next)
    }
    return (value, Double(degree) * (x * value - before) / (x * x - 1))
  }
}
