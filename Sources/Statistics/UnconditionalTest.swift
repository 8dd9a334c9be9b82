/// Barnard's and Boschloo's tests, whose *p* is the largest over the common response rate π.
///
/// Given the number of responders s, the chance aₛ that a table is as extreme as the observed
/// one is hypergeometric and does not depend on π; and s is binomial. So the probability to be
/// maximized, Σ aₛ C(N, s) πˢ (1 − π)ᴺ⁻ˢ, is a polynomial in Bernstein's form, and the two
/// groups matter only while the coefficients aₛ are worked out.
struct UnconditionalTest {
  private let table: ContingencyTable

  init(_ table: ContingencyTable) throws(StatisticsError) {
    let (treated, control) = (table.treated.patients, table.control.patients)
    guard table.patients <= TwoSampleTest.maximumPatients else {
      throw .tableTooLarge(
        treated: treated, control: control, limit: TwoSampleTest.maximumPatients)
    }
    self.table = table
  }

  func barnard(_ alternative: Alternative) -> TestResult {
    result(barnardPolynomial(alternative).largest(), statistic: table.pooledDeviate())
  }

  func bergerBoos(_ alternative: Alternative, gamma: Double) -> TestResult {
    let common = commonRateLimits(alpha: gamma)
    var largest = barnardPolynomial(alternative).largest(in: common)
    largest.value += gamma
    return result(largest, statistic: table.pooledDeviate())
  }

  func boschloo(_ alternative: Alternative) -> TestResult {
    result(boschlooPolynomial(alternative).largest())
  }

  /// The direction that looks better is worked out first; the other one is only worth the work
  /// while no rate is known at which its *p* is larger.
  func boschlooCentral(_ alternative: Alternative) -> TestResult {
    guard alternative == .twoSided else { return boschloo(alternative) }
    let likely: Alternative = table.crossDifference < 0 ? .less : .greater
    let first = boschlooPolynomial(likely).largest()
    let other = boschlooPolynomial(likely == .less ? .greater : .less)
    var smaller = first
    if other.evaluate(at: table.commonRate).value < first.value {
      let second = other.largest()
      if second.value < first.value { smaller = second }
    }
    smaller.value *= 2
    return result(smaller)
  }

  private func result(
    _ largest: BernsteinPolynomial.Maximum, statistic: Double? = nil
  ) -> TestResult {
    TestResult(
      pValue: min(1, largest.value), statistic: statistic, nuisanceRate: largest.argument)
  }

  private func barnardPolynomial(_ alternative: Alternative) -> BernsteinPolynomial {
    BernsteinPolynomial(PooledOrdering(table, alternative).coefficients())
  }

  private func boschlooPolynomial(_ alternative: Alternative) -> BernsteinPolynomial {
    BernsteinPolynomial(FisherOrdering(table, alternative).coefficients())
  }

  private func commonRateLimits(alpha: Double) -> ClosedRange<Double> {
    let x = Double(table.responders)
    let y = Double(table.patients - table.responders)
    let lower = x == 0 ? 0 : betaQuantile(lowerTail: alpha / 2, x, y + 1)
    let upper = y == 0 ? 1 : betaQuantile(upperTail: alpha / 2, x + 1, y)
    return lower...upper
  }
}

extension ContingencyTable {
  /// The response rate of both groups taken together.
  var commonRate: Double { Double(responders) / Double(patients) }
}
