/// The differences at which Tango's score test just rejects.
func tangoLimits(for table: PairedTable, deviate z: Double) -> (lower: Double, upper: Double) {
  let (b, c, n) = (Double(table.firstOnly), Double(table.secondOnly), Double(table.patients))
  return (
    -upperTangoLimit(c, b, n, deviate: z), upperTangoLimit(b, c, n, deviate: z)
  )
}

/// The largest difference the score test accepts, for `b` and `c` discordant pairs among `n`.
///
/// What is solved is n (δ − d)² = z² V(δ), because V is 0 at the end; where V is 0 at the estimate
/// too, the −1 says that the test accepts it.
private func upperTangoLimit(
  _ b: Double, _ c: Double, _ n: Double, deviate z: Double
) -> Double {
  let estimate = (b - c) / n
  return bracketedRoot(between: estimate, and: 1) { difference in
    guard difference > estimate else { return -1 }
    let distance = difference - estimate
    let variance =
      difference < 0
      ? pairedVariance(c, b, n, at: -difference) : pairedVariance(b, c, n, at: difference)
    return n * distance * distance - z * z * variance
  }
}

/// The variance of *n* times the difference, over *n*, at the likeliest rates that differ by
/// `difference`.
///
/// With q the likeliest share of pairs that respond to the second only, it is 2 q + δ (1 − δ). The
/// quadratic's root is taken in the form that does not cancel.
///
/// - Precondition: `difference ≥ 0`.
private func pairedVariance(
  _ b: Double, _ c: Double, _ n: Double, at difference: Double
) -> Double {
  let room = difference * (1 - difference)
  let linear = (2 * n - b + c) * difference - b - c
  let constant = c * room
  let root = (linear * linear + 8 * n * constant).squareRoot()
  let share =
    linear <= 0
    ? (root - linear) / (4 * n) : constant == 0 ? 0 : 2 * constant / (root + linear)
  return 2 * share + room
}

/// Newcombe's square-and-add limits.
///
/// The distances of Wilson's limits from the two rates are combined as if they were standard
/// errors with correlation φ, the one of the two by two table. Corrected, a positive cross
/// difference is first reduced by half the number of patients, but not below zero.
func squareAndAddLimits(
  for table: PairedTable, deviate z: Double, corrects: Bool
) -> (lower: Double, upper: Double) {
  let n = Double(table.patients)
  let (p1, p2) = (Double(table.firstResponders) / n, Double(table.secondResponders) / n)
  let first = wilsonDistances(table.firstResponders, of: table.patients, deviate: z)
  let second = wilsonDistances(table.secondResponders, of: table.patients, deviate: z)
  let phi = table.correlation(corrects: corrects)
  let distance = { (a: Double, b: Double) in
    max(0, a * a - 2 * phi * a * b + b * b).squareRoot()
  }
  return (
    max(-1, p1 - p2 - distance(first.below, second.above)),
    min(1, p1 - p2 + distance(first.above, second.below))
  )
}

/// How far Wilson's limits lie from the rate.
private func wilsonDistances(
  _ responders: Int, of patients: Int, deviate z: Double
) -> (below: Double, above: Double) {
  let (x, n) = (Double(responders), Double(patients))
  let rate = x / n
  let half = z * (rate * (1 - rate) + z * z / (4 * n)).squareRoot() / n.squareRoot()
  let shift = z * z / n * (0.5 - rate)
  let scale = 1 + z * z / n
  return ((half - shift) / scale, (half + shift) / scale)
}

extension PairedTable {
  /// φ, and 0 where all patients answered alike on an occasion.
  fileprivate func correlation(corrects: Bool) -> Double {
    let (a, b, c, d) = (Double(both), Double(firstOnly), Double(secondOnly), Double(neither))
    let product = (a + b) * (c + d) * (a + c) * (b + d)
    guard product > 0 else { return 0 }
    let cross = a * d - b * c
    let numerator = corrects && cross > 0 ? max(0, cross - (a + b + c + d) / 2) : cross
    return numerator / product.squareRoot()
  }
}
