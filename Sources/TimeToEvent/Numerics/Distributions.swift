internal import CRmath

/// Pr(Z ≤ `z`) for a standard normal Z.
func normalLowerTail(_ z: Double) -> Double { pnorm5(z, 0, 1, 1, 0) }

/// Pr(Z ≥ `z`) for a standard normal Z.
func normalUpperTail(_ z: Double) -> Double { pnorm5(z, 0, 1, 0, 0) }

/// The deviate a standard normal variable exceeds with probability `tail`.
func normalDeviate(upperTail tail: Double) -> Double { qnorm5(tail, 0, 1, 0, 0) }

/// Pr(χ² ≥ `statistic`).
func chiSquareUpperTail(_ statistic: Double, degreesOfFreedom: Int) -> Double {
  pchisq(statistic, Double(degreesOfFreedom), 0, 0)
}

/// The half-width of an interval of this level in standard errors.
///
/// - Throws: ``TimeToEventError/levelOutOfRange(_:)`` unless `0 < level < 1`.
func deviate(ofLevel level: Double) throws(TimeToEventError) -> Double {
  guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
  return normalDeviate(upperTail: (1 - level) / 2)
}

/// Pr(X ≤ `count`) for a Poisson variable.
func poissonLowerTail(_ count: Double, mean: Double) -> Double { ppois(count, mean, 1, 0) }

/// Pr(X ≥ `count`) for a Poisson variable.
func poissonUpperTail(_ count: Double, mean: Double) -> Double { ppois(count - 1, mean, 0, 0) }
