internal import Glibc

/// The logarithm of a smooth density at equally spaced points, interpolated between them.
///
/// Polynomials of degree nine through the ten nearest points; for a normal density they are exact.
/// Beyond the first and last point the density is zero.
struct SampledLogDensity: Sendable {
  let start: Double
  let step: Double
  var values: [Double]

  var end: Double { start + step * Double(values.count - 1) }

  private static let points = 10
  private static let weights: [Double] = {
    var weights = [1.0]
    for k in 1..<points {
      weights.append(-weights[k - 1] * Double(points - k) / Double(k))
    }
    return weights
  }()

  func callAsFunction(_ x: Double) -> Double {
    let position = (x - start) / step
    guard position >= 0, position <= Double(values.count - 1) else { return -.infinity }
    let nearest = Int(position.rounded())
    if position == Double(nearest) { return values[nearest] }
    let points = min(Self.points, values.count)
    let first = max(0, min(Int(position) - points / 2 + 1, values.count - points))
    guard points == Self.points else { return values[nearest] }
    var (above, below) = (0.0, 0.0)
    for k in 0..<points {
      let weight = Self.weights[k] / (position - Double(first + k))
      above += weight * values[first + k]
      below += weight
    }
    return above / below
  }
}
