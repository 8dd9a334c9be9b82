/// The differences at which Miettinen and Nurminen's score test just rejects.
func miettinenNurminenLimits(
  for table: ContingencyTable, deviate z: Double
) -> (lower: Double, upper: Double) {
  (
    -upperScoreLimit(for: table.swapped, deviate: z), upperScoreLimit(for: table, deviate: z)
  )
}

/// The largest difference the score test accepts.
///
/// What is solved is (δ − d)² = z² V(δ) rather than a ratio, because V is 0 at the end. At the
/// estimate itself V is 0 too when no patient or every patient responded; the test accepts that
/// difference all the same, which the −1 says. An estimate of 1 is its own limit.
private func upperScoreLimit(for table: ContingencyTable, deviate z: Double) -> Double {
  let estimate = table.rateDifference
  return bracketedRoot(between: estimate, and: 1) { difference in
    guard difference > estimate else { return -1 }
    let distance = difference - estimate
    return distance * distance - z * z * table.scoreVariance(at: difference)
  }
}

extension ContingencyTable {
  /// The variance of the difference of rates under the hypothesis that they differ by
  /// `difference`, with the factor N / (N − 1).
  func scoreVariance(at difference: Double) -> Double {
    let p2 = restrictedControlRate(at: difference)
    let p1 = min(1, max(0, p2 + difference))
    let n = Double(patients)
    return
      (p1 * (1 - p1) / Double(treated.patients) + p2 * (1 - p2) / Double(control.patients))
      * n / (n - 1)
  }

  /// The likeliest control rate among pairs of rates that differ by `difference`.
  ///
  /// The published closed form takes the arc cosine of a number that nears 1, where it keeps
  /// half the digits. The likelihood is concave, so its slope is bracketed instead.
  func restrictedControlRate(at difference: Double) -> Double {
    if difference == 0 { return Double(responders) / Double(patients) }
    let (low, high) = (max(0, -difference), min(1, 1 - difference))
    let slope = { (rate: Double) in
      let (a, b) = (treated.slope(at: rate + difference), control.slope(at: rate))
      return a.numerator * b.denominator + b.numerator * a.denominator
    }
    if low >= high || slope(low) <= 0 { return low }
    if slope(high) >= 0 { return high }
    return bracketedRoot(between: low, and: high, of: slope)
  }
}

extension ResponseCount {
  /// The slope of the log-likelihood, as a fraction whose denominator is positive between 0
  /// and 1.
  ///
  /// A factor common to both is canceled when there are no responders or no non-responders, so
  /// that the sign at an end of the range tells whether the likelihood is largest there.
  fileprivate func slope(at rate: Double) -> (numerator: Double, denominator: Double) {
    let n = Double(patients)
    if responders == 0 { return (-n, 1 - rate) }
    if nonResponders == 0 { return (n, rate) }
    return (Double(responders) - n * rate, rate * (1 - rate))
  }
}
