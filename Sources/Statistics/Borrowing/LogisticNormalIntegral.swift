internal import Glibc

/// The likelihood of a count in a trial whose logit is normally distributed about a mean.
///
/// The integral of L(μ + τ*z*) φ(*z*) over *z* by the trapezoidal rule about the integrand's mode.
/// The integrand is log-concave, falls at least as fast as φ and is analytic in a strip about the
/// real line, so that the error falls exponentially with the number of points (Trefethen and
/// Weideman 2014): at the step used here it is below 10⁻¹³.
struct LogisticNormalIntegral: Sendable {
  let likelihood: BinomialLogLikelihood
  /// The standard deviation τ between trials.
  let deviation: Double
  /// Divides the step.
  let resolution: Double

  /// A logarithm of the integral and its first two derivatives in the mean.
  struct Value {
    var logarithm: Double
    var slope = 0.0
    var curvature = 0.0
  }

  /// Terms more than this many powers of *e* below the largest are left out.
  private static let depth = 42.0

  func logarithm(at mean: Double) -> Double {
    var sum = 0.0
    let rule = walk(mean) { _, term in sum += term }
    return rule.peak + log(sum * rule.step) - logRootTwoPi
  }

  func value(at mean: Double) -> Value {
    var (sum, first, second) = (0.0, 0.0, 0.0)
    let rule = walk(mean) { logit, term in
      let slope = likelihood.slope(at: logit)
      sum += term
      first += term * slope
      second += term * (slope * slope - likelihood.information(at: logit))
    }
    let slope = first / sum
    return Value(
      logarithm: rule.peak + log(sum * rule.step) - logRootTwoPi, slope: slope,
      curvature: second / sum - slope * slope)
  }

  /// Visits the points of the rule, each with the integrand there relative to the mode's.
  private func walk(
    _ mean: Double, _ visit: (_ logit: Double, _ term: Double) -> Void
  ) -> (step: Double, peak: Double) {
    let mode = mode(mean)
    let information = likelihood.information(at: mean + deviation * mode)
    let spread = 1 / (1 + deviation * deviation * information).squareRoot()
    let step = 0.6 * min(spread, 1 / deviation) / resolution
    let peak = exponent(mean, mode)
    visit(mean + deviation * mode, 1)
    for direction in [-step, step] {
      var z = mode + direction
      while true {
        let exponent = exponent(mean, z) - peak
        visit(mean + deviation * z, exp(exponent))
        if !(exponent >= -Self.depth) { break }
        z += direction
      }
    }
    return (step, peak)
  }

  private func exponent(_ mean: Double, _ z: Double) -> Double {
    likelihood.value(at: mean + deviation * z) - z * z / 2
  }

  /// Where the integrand is largest, to a hundredth of its width; by Newton's method, and by
  /// bisection where that does not halve the range.
  private func mode(_ mean: Double) -> Double {
    // The integrand is no smaller there than at 0, and the likelihood pulls one way only.
    let pull = deviation * likelihood.slope(at: mean)
    let reach = min(pull.magnitude, (-2 * likelihood.value(at: mean)).squareRoot())
    var (low, high) = pull < 0 ? (-reach, 0) : (0, reach)
    var z = 0.0
    var lastChange = Double.infinity
    for _ in 0..<200 {
      let logit = mean + deviation * z
      let slope = deviation * likelihood.slope(at: logit) - z
      let curvature = 1 + deviation * deviation * likelihood.information(at: logit)
      if slope > 0 { low = z } else { high = z }
      var next = z + slope / curvature
      if !(low...high).contains(next) || (next - z).magnitude > 0.5 * lastChange {
        next = (low + high) / 2
      }
      lastChange = (next - z).magnitude
      z = next
      if lastChange * curvature.squareRoot() < 0.01, slope.magnitude < 0.1 * curvature.squareRoot()
      {
        break
      }
    }
    return z
  }
}

/// log √(2π).
let logRootTwoPi = 0.9189385332046727417803
