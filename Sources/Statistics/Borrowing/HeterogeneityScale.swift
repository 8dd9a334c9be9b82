internal import Glibc

/// A change of variable, from the real line to the values of τ a prior allows, under which the
/// trapezoidal rule converges exponentially.
///
/// Between the data's own scale and the prior's the new variable is the logarithm of τ, so that
/// every scale gets its points; toward the ends of the range the density falls double
/// exponentially, whatever the prior does there (Takahasi and Mori 1974).
struct HeterogeneityScale: Sendable {
  let prior: HeterogeneityPrior
  /// Below this τ the data cannot tell it from zero.
  let smallest: Double

  /// Where a log-normal prior, whose tail is long, is cut off.
  private static let largest = 50.0

  /// The range of the variable beyond which the prior's density is below e⁻⁴⁰ of its largest.
  var range: ClosedRange<Double> {
    switch prior {
    case .halfNormal(let scale): -3.3...log(9.5 * scale / smallest)
    case .exponential(let rate): -3.3...log(45 / rate / smallest)
    case .uniform: -3.3...(crossing + 3.3)
    case .logNormal(let mean, let deviation):
      mean - 9 * deviation...min(mean + 9 * deviation, log(Self.largest) + 3.3)
    case .fixed: 0...0
    }
  }

  /// Where the upper end of a uniform prior begins to be felt.
  private var crossing: Double {
    guard case .uniform(let lower, let upper) = prior, lower == 0 else { return 0 }
    return max(0, log(upper / smallest))
  }

  /// The value of τ at `x`, and the logarithm of the prior's density of `x`.
  func point(at x: Double) -> (value: Double, logDensity: Double) {
    switch prior {
    case .halfNormal, .exponential:
      let value = smallest * exp(x - exp(-x))
      return (value, prior.logDensity(at: value) + log(value) + log1p(exp(-x)))
    case .logNormal:
      let above = x - log(Self.largest)
      let odds = above + exp(above)
      let value = Self.largest * expit(odds)
      return (
        value, prior.logDensity(at: value) + log(value) + log(expit(-odds)) + log1p(exp(above))
      )
    case .uniform(let lower, let upper):
      let odds = x - exp(-x) + exp(x - crossing) - crossing
      let share = expit(odds)
      let slope = 1 + exp(-x) + exp(x - crossing)
      return (lower + (upper - lower) * share, log(share) + log(expit(-odds)) + log(slope))
    case .fixed(let value): return (value, 0)
    }
  }
}
