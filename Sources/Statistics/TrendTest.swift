/// A test that response rates do not rise or fall over ordered groups.
public struct TrendTest: Sendable, Hashable {
  public let table: TrendTable

  public init(_ table: TrendTable) { self.table = table }

  /// What the test finds; `.greater` means that rates rise with the score.
  ///
  /// Where nobody or everybody responds *p* is 1 and there is no statistic.
  ///
  /// - Throws: ``StatisticsError/tooManyTables(limit:)`` from the exact tests.
  public func result(
    _ method: Method, _ alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> TestResult {
    guard table.responders > 0, table.responders < table.patients else {
      return TestResult(pValue: 1)
    }
    switch method {
    case .cochranArmitage:
      return chiSquareResult(cochranArmitageDeviate, alternative)
    case .cochranArmitageExact:
      return try exact(DecimalScores(table.scores).integers, alternative)
    case .jonckheere: return jonckheere.normal(alternative)
    case .jonckheereUntied: return jonckheere.normal(alternative, correctsForTies: false)
    case .jonckheereExact:
      let result = try exact(rankScores, alternative)
      return TestResult(pValue: result.pValue, statistic: jonckheere.statistic)
    }
  }
}

extension TrendTest {
  /// How a trend is looked for.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// The slope of the rates over the scores, against its variance at the common rate with N in
    /// the denominator.
    ///
    /// χ² as R's `prop.trend.test` prints it; SAS prints its signed root. With N − 1, as
    /// statsmodels has it, χ² is (N − 1)/N of this.
    ///
    /// ## References
    ///
    /// - Armitage P (1955). Tests for linear trends in proportions and frequencies. *Biometrics*
    ///   11:375–386.
    case cochranArmitage = "cochran-armitage"

    /// The chance of a sum of responders' scores as extreme as the observed one, given how many
    /// responded; two-sided by its distance from the expected sum.
    ///
    /// Sums are compared as integers, so that ties never depend on rounding.
    ///
    /// ## References
    ///
    /// - Agresti A (2013). *Categorical Data Analysis*, 3rd ed. Wiley, section 3.5.
    case cochranArmitageExact = "cochran-armitage-exact"

    /// Jonckheere and Terpstra's test with the variance corrected for ties, as SAS has it.
    ///
    /// It takes the order of the groups and not their scores.
    ///
    /// ## References
    ///
    /// - Jonckheere AR (1954). A distribution-free k-sample test against ordered alternatives.
    ///   *Biometrika* 41:133–145.
    /// - Hollander M, Wolfe DA, Chicken E (2014). *Nonparametric Statistical Methods*, 3rd ed.
    ///   Wiley, section 6.2.
    case jonckheere

    /// The same with the variance of untied data, as R's clinfun has it.
    ///
    /// With responses, which are nearly all tied, *p* is far too large.
    case jonckheereUntied = "jonckheere-untied"

    /// Jonckheere's test by the exact distribution given how many responded; two-sided by the
    /// distance from the expected value.
    case jonckheereExact = "jonckheere-exact"

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .cochranArmitage: "Variance over N, as R's prop.trend.test and SAS TREND; not N - 1."
      case .cochranArmitageExact:
        "Given the number of responders; two-sided by the distance from the expected score."
      case .jonckheere: "Normal approximation, variance corrected for ties, as SAS PROC FREQ."
      case .jonckheereUntied:
        "Normal approximation with the variance of untied data, as R's clinfun; conservative."
      case .jonckheereExact:
        "Given the number of responders; two-sided by the distance from the expected value."
      }
    }
  }

  private var cochranArmitageDeviate: Double {
    let rate = Double(table.responders) / Double(table.patients)
    let n = Double(table.patients)
    let mean = zip(table.groups, table.scores).reduce(0) { $0 + Double($1.0.patients) * $1.1 } / n
    var (slope, spread) = (0.0, 0.0)
    for (group, score) in zip(table.groups, table.scores) {
      // x − n p, from integers.
      let excess =
        Double(group.responders * table.patients - group.patients * table.responders) / n
      slope += (score - mean) * excess
      spread += Double(group.patients) * (score - mean) * (score - mean)
    }
    let variance = rate * (Double(table.patients - table.responders) / n) * spread
    return slope / variance.squareRoot()
  }

  /// Jonckheere's statistic is twice a sum of these over the responders, and a constant.
  private var rankScores: [Int] {
    var before = 0
    let sizes = table.groups.map(\.patients)
    let all = table.patients
    return sizes.map { size in
      let score = before - (all - before - size)
      before += size
      return score
    }
  }

  private var jonckheere: JonckheereTest {
    JonckheereTest(responses: table.groups)
  }

  private func exact(
    _ scores: [Int], _ alternative: Alternative
  ) throws(StatisticsError) -> TestResult {
    let distribution = try ScoreDistribution(table.groups, scores: scores)
    return TestResult(pValue: distribution.pValue(alternative))
  }
}
