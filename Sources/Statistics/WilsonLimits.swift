/// The rates at which the score test just rejects.
func wilsonLimits(for count: ResponseCount, deviate z: Double) -> (lower: Double, upper: Double) {
  let x = Double(count.responders)
  let n = Double(count.patients)
  return (lowerScoreLimit(x, n, deviate: z), 1 - lowerScoreLimit(n - x, n, deviate: z))
}

/// Newcombe's method 4: Wilson's limits for half a responder less, and half a responder more.
func correctedWilsonLimits(
  for count: ResponseCount, deviate z: Double, correction: Double = 0.5
) -> (lower: Double, upper: Double) {
  let x = Double(count.responders)
  let n = Double(count.patients)
  return (
    lowerScoreLimit(x - correction, n, deviate: z),
    1 - lowerScoreLimit(n - x - correction, n, deviate: z)
  )
}

/// The smaller root π of n (x/n − π)² = z² π (1 − π), and 0 for `x` not above 0.
///
/// Taken as the product of the two roots over the larger one: their difference would cancel
/// when x is small.
private func lowerScoreLimit(_ x: Double, _ n: Double, deviate z: Double) -> Double {
  guard x > 0 else { return 0 }
  let square = z * z
  let root = z * (square + 4 * x * (n - x) / n).squareRoot()
  return 2 * x * x / n / (2 * x + square + root)
}
