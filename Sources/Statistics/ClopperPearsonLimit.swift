internal import Glibc

/// Clopper and Pearson's lower limit by a few evaluations of the binomial tail itself.
///
/// With T = Pr(X ≥ x) and S = T / Pr(X = x), d log T / d log p is x / S, and its own slope follows
/// from the terms at hand, so Halley's method needs one sum a step; from Carter's approximation
/// two or three steps suffice. A general quantile of the beta distribution takes five times as
/// long.
///
/// ## References
///
/// - Carter AH (1947). Approximation to percentage points of the *z*-distribution. *Biometrika*
///   34:352–358; Abramowitz M, Stegun IA (1964). *Handbook of Mathematical Functions*, 26.5.22.
struct ClopperPearsonLimit {
  /// The largest group for which the terms are tabulated.
  static let maximumPatients = 400

  private static let reciprocals = [0] + (1...maximumPatients + 1).map { 1 / Double($0) }
  private static let logFactorials: [Double] = (0...maximumPatients).map { logFactorial($0) }

  private let responders, patients: Int
  private let tail: Double

  /// - Precondition: `0 < responders ≤ patients ≤ maximumPatients`.
  init(responders: Int, patients: Int, tail: Double) {
    self.responders = responders
    self.patients = patients
    self.tail = tail
  }

  /// The rate at which as many responders or more have the probability of the tail; nil where
  /// the search does not settle.
  func rate(deviate z: Double) -> Double? {
    if responders == patients { return exp(log(tail) / Double(patients)) }
    if responders == 1 { return -expm1(log1p(-tail) / Double(patients)) }
    let (n, x) = (Double(patients), Double(responders))
    let choose =
      Self.logFactorials[patients] - Self.logFactorials[responders]
      - Self.logFactorials[patients - responders]
    let target = log(tail)
    var rate = approximation(deviate: z)
    for _ in 0..<12 {
      let odds = rate / (1 - rate)
      let sum = sumOverFirst(odds)
      let distance = choose + x * log(rate) + (n - x) * log1p(-rate) + log(sum) - target
      let slope = x / sum
      let bend = slope * (x - (n - x) * odds - slope)
      let newton = distance / slope
      let step = newton / max(0.5, 1 - newton * bend / (2 * slope))
      rate *= exp(-step)
      guard rate > 0, rate < 1 else { return nil }
      // Halley's next error is of the order of this one's cube.
      if distance.magnitude < 1e-5 { return rate }
    }
    return nil
  }

  /// Σ Pr(X = k) / Pr(X = x) over k from x on.
  private func sumOverFirst(_ odds: Double) -> Double {
    let reciprocals = Self.reciprocals.span
    var (term, sum, k) = (1.0, 1.0, responders)
    while k < patients {
      k += 1
      term *= Double(patients - k + 1) * reciprocals[k] * odds
      sum += term
      if term < 1e-17 * sum { break }
    }
    return sum
  }

  /// Carter's quantile of the beta distribution with x and n − x + 1.
  private func approximation(deviate z: Double) -> Double {
    let a = Double(responders)
    let b = Double(patients - responders + 1)
    let (inverseA, inverseB) = (1 / (2 * a - 1), 1 / (2 * b - 1))
    let harmonic = 2 / (inverseA + inverseB)
    let lambda = (z * z - 3) / 6
    let root = max(0, harmonic + lambda).squareRoot()
    let w =
      z * root / harmonic
      - (inverseB - inverseA) * (lambda + 5 / 6 - 2 / (3 * harmonic))
    return min(0.999_999, max(1e-9, a / (a + b * exp(2 * w))))
  }
}
