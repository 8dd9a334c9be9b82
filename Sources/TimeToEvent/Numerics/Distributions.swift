internal import CRmath
import Statistics

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
