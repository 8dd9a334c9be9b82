internal import CRmath

/// Pr(T ≥ `t`) for Student's T.
package func studentUpperTail(_ t: Double, _ degreesOfFreedom: Double) -> Double {
  pt(t, degreesOfFreedom, 0, 0)
}

/// The value that Student's T exceeds with probability `tail`.
func studentQuantile(upperTail tail: Double, _ degreesOfFreedom: Double) -> Double {
  qt(tail, degreesOfFreedom, 0, 0)
}

/// Pr(F ≥ `f`).
func fisherUpperTail(_ f: Double, _ numerator: Double, _ denominator: Double) -> Double {
  pf(f, numerator, denominator, 0, 0)
}

/// The value that χ² on one degree of freedom exceeds with probability `tail`.
func chiSquareQuantile(upperTail tail: Double) -> Double { qchisq(tail, 1, 0, 0) }
