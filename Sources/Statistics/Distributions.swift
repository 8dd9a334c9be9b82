internal import CRmath

/// The number of responders among `patients` who each respond with probability `rate`.
struct Binomial {
  let patients: Int
  let rate: Double

  /// Pr(X = `responders`).
  func probability(of responders: Int) -> Double {
    dbinom(Double(responders), Double(patients), rate, 0)
  }

  /// The logarithm of Pr(X = `responders`), which does not underflow.
  func logProbability(of responders: Int) -> Double {
    dbinom(Double(responders), Double(patients), rate, 1)
  }

  /// Pr(X ≤ `responders`).
  func lowerTail(_ responders: Int) -> Double {
    pbinom(Double(responders), Double(patients), rate, 1, 0)
  }

  /// Pr(X ≥ `responders`).
  func upperTail(_ responders: Int) -> Double {
    pbinom(Double(responders - 1), Double(patients), rate, 0, 0)
  }
}

/// Pr(X ≥ `responders`) among `patients` who each respond with probability `rate`.
package func binomialUpperTail(_ responders: Int, patients: Int, rate: Double) -> Double {
  Binomial(patients: patients, rate: rate).upperTail(responders)
}

/// Pr(Z ≤ `z`) for a standard normal Z.
package func normalLowerTail(_ z: Double) -> Double { pnorm5(z, 0, 1, 1, 0) }

/// Pr(Z ≥ `z`) for a standard normal Z.
package func normalUpperTail(_ z: Double) -> Double { pnorm5(z, 0, 1, 0, 0) }

/// The deviate a standard normal variable exceeds with probability `tail`.
package func normalDeviate(upperTail tail: Double) -> Double { qnorm5(tail, 0, 1, 0, 0) }

/// The quantile of a beta distribution below which `tail` of it lies.
func betaQuantile(lowerTail tail: Double, _ a: Double, _ b: Double) -> Double {
  qbeta(tail, a, b, 1, 0)
}

/// The quantile of a beta distribution above which `tail` of it lies.
func betaQuantile(upperTail tail: Double, _ a: Double, _ b: Double) -> Double {
  qbeta(tail, a, b, 0, 0)
}

/// Pr(χ² ≥ `statistic`).
package func chiSquareUpperTail(_ statistic: Double, degreesOfFreedom: Int) -> Double {
  pchisq(statistic, Double(degreesOfFreedom), 0, 0)
}

/// log C(n, k).
func logChoose(_ n: Int, _ k: Int) -> Double { lchoose(Double(n), Double(k)) }

/// log n!.
func logFactorial(_ n: Int) -> Double { lgammafn(Double(n) + 1) }
