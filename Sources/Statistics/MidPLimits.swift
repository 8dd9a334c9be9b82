/// The rates at which either one-sided mid-p binomial test just rejects.
///
/// Each is bracketed by two Clopper-Pearson limits, because the mid-p tail lies between half
/// the exact tail and all of it.
func midPLimits(for count: ResponseCount, alpha: Double) -> (Double, Double) {
  let x = count.responders
  let n = count.patients
  func excess(_ rate: Double, _ tail: (Binomial) -> Double) -> Double {
    let null = Binomial(patients: n, rate: rate)
    return tail(null) + null.probability(of: x) / 2 - alpha / 2
  }
  let bracket = ExactLimitBracket(count, alpha: alpha)
  return (
    x == 0
      ? 0
      : bracketedRoot(between: bracket.lower.outer, and: bracket.lower.inner) {
        excess($0) { $0.upperTail(x + 1) }
      },
    x == n
      ? 1
      : bracketedRoot(between: bracket.upper.outer, and: bracket.upper.inner) {
        excess($0) { $0.lowerTail(x - 1) }
      }
  )
}

/// Where the limits of an interval lie that never rejects more than two one-sided exact tests
/// at half of `alpha` do, nor less than one at all of it.
struct ExactLimitBracket {
  let lower: (outer: Double, inner: Double)
  let upper: (outer: Double, inner: Double)

  init(_ count: ResponseCount, alpha: Double) {
    let x = Double(count.responders)
    let y = Double(count.nonResponders)
    lower =
      x == 0
      ? (0, 0)
      : (
        betaQuantile(lowerTail: alpha / 2, x, y + 1), betaQuantile(lowerTail: alpha, x, y + 1)
      )
    upper =
      y == 0
      ? (1, 1)
      : (
        betaQuantile(upperTail: alpha / 2, x + 1, y), betaQuantile(upperTail: alpha, x + 1, y)
      )
  }
}
