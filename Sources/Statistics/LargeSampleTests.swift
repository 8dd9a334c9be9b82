internal import Glibc

extension ContingencyTable {
  /// The signed root of Pearson's χ², which is also the pooled *z*.
  ///
  /// It is 0 when all patients of both groups answered alike. The correction is taken from the
  /// distance between observed and expected responders, but never past zero.
  func pooledDeviate(correction: Double = 0) -> Double {
    let distance = Double(crossDifference.magnitude) / Double(patients)
    let corrected = max(0, distance - correction)
    guard corrected > 0 else { return 0 }
    let n = Double(patients)
    let product =
      Double(treated.patients) * Double(control.patients) * Double(responders)
      * Double(patients - responders)
    let z = corrected * (n / product).squareRoot() * n
    return crossDifference < 0 ? -z : z
  }

  /// The signed root of the likelihood ratio statistic G².
  var likelihoodRatioDeviate: Double {
    let share = Double(responders) / Double(patients)
    let other = Double(patients - responders) / Double(patients)
    let sum =
      deviance(treated.responders, Double(treated.patients) * share)
      + deviance(treated.nonResponders, Double(treated.patients) * other)
      + deviance(control.responders, Double(control.patients) * share)
      + deviance(control.nonResponders, Double(control.patients) * other)
    let z = (2 * sum).squareRoot()
    return crossDifference < 0 ? -z : z
  }

  /// x log(x / e) − (x − e), never negative.
  ///
  /// Near 1 the logarithm is expanded, after Loader, because what remains after its first term
  /// would be lost; `x - e` comes from the counts, without cancellation.
  private func deviance(_ observed: Int, _ expected: Double) -> Double {
    let x = Double(observed)
    guard x > 0 else { return expected }
    let excess = x < expected ? -distanceFromExpected : distanceFromExpected
    guard distanceFromExpected < 0.1 * (x + expected) else {
      return x * log(x / expected) - excess
    }
    let v = excess / (x + expected)
    var (sum, term, odd) = (excess * v, 2 * x * v, 1.0)
    while true {
      term *= v * v
      odd += 2
      let next = sum + term / odd
      if next == sum { return sum }
      sum = next
    }
  }

  /// How far each of the four counts lies from what equal rates lead one to expect.
  private var distanceFromExpected: Double {
    Double(crossDifference.magnitude) / Double(patients)
  }
}

/// The result of a test that has a signed root of χ² on one degree of freedom.
///
/// Two-sided, χ² itself is the statistic; one-sided, its signed root.
func chiSquareResult(_ deviate: Double, _ alternative: Alternative) -> TestResult {
  let pValue = normalPValue(deviate, alternative)
  return alternative == .twoSided
    ? TestResult(pValue: pValue, statistic: deviate * deviate, degreesOfFreedom: 1)
    : TestResult(pValue: pValue, statistic: deviate)
}
