/// A test of two groups over several strata: of no difference in any, or of the same one in all.
public struct StratifiedTest: Sendable, Hashable {
  public let table: StratifiedTable

  public init(_ table: StratifiedTable) { self.table = table }

  /// What the test finds; `.greater` means that the treated group's rates are the larger.
  ///
  /// The tests of homogeneity have no direction and give the same answer for every alternative.
  /// They are nil for one informative stratum, and where no common odds ratio is defined.
  public func result(
    _ method: Method, _ alternative: Alternative = .twoSided
  ) -> TestResult? {
    switch method {
    case .cochranMantelHaenszel: cochranMantelHaenszel(correction: 0, alternative)
    case .cochranMantelHaenszelCorrected: cochranMantelHaenszel(correction: 0.5, alternative)
    case .breslowDay: breslowDay(tarone: false)
    case .breslowDayTarone: breslowDay(tarone: true)
    }
  }
}

extension StratifiedTest {
  /// How the groups are compared.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// (Σ x₁ − E x₁)² / Σ V, with the variances given the margins of each stratum.
    ///
    /// SAS's statistic. Where nothing varies in any stratum χ² is 0.
    ///
    /// ## References
    ///
    /// - Mantel N, Haenszel W (1959). Statistical aspects of the analysis of data from
    ///   retrospective studies of disease. *J Natl Cancer Inst* 22:719–748.
    case cochranMantelHaenszel = "cochran-mantel-haenszel"

    /// The same with |Σ x₁ − E x₁| reduced by one half.
    ///
    /// R's `mantelhaen.test`, which leaves a distance of less than one half as it is.
    case cochranMantelHaenszelCorrected = "cochran-mantel-haenszel-cc"

    /// Whether the odds ratio is the same in all strata: each stratum's responders against those
    /// the Mantel-Haenszel odds ratio leads one to expect.
    ///
    /// ## References
    ///
    /// - Breslow NE, Day NE (1980). *Statistical Methods in Cancer Research I*. IARC, section
    ///   4.4.
    case breslowDay = "breslow-day"

    /// Breslow and Day's test less what the Mantel-Haenszel estimate loses against the likeliest.
    ///
    /// ## References
    ///
    /// - Tarone RE (1985). On heterogeneity tests based on efficient scores. *Biometrika*
    ///   72:91–95.
    case breslowDayTarone = "breslow-day-tarone"

    /// Whether the test asks if the groups differ alike in all strata.
    public var isOfHomogeneity: Bool { self == .breslowDay || self == .breslowDayTarone }

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .cochranMantelHaenszel: "Without continuity correction, as SAS PROC FREQ."
      case .cochranMantelHaenszelCorrected:
        "Correction of one half unless the distance is smaller, as R's mantelhaen.test."
      case .breslowDay: "Without Tarone's adjustment, as SAS PROC FREQ."
      case .breslowDayTarone: "With Tarone's adjustment, as SAS's BDT option."
      }
    }
  }

  private func cochranMantelHaenszel(
    correction: Double, _ alternative: Alternative
  ) -> TestResult {
    var (distance, variance) = (0.0, 0.0)
    for stratum in table.strata {
      let n = Double(stratum.patients)
      distance += Double(stratum.crossDifference) / n
      guard stratum.patients > 1 else { continue }
      let spread = Double(stratum.responders) * Double(stratum.patients - stratum.responders)
      variance +=
        Double(stratum.treated.patients) * Double(stratum.control.patients) / (n * n) * spread
        / (n - 1)
    }
    guard variance > 0 else { return chiSquareResult(0, alternative) }
    let size = distance.magnitude
    let corrected = size >= correction ? size - correction : size
    let z = corrected / variance.squareRoot()
    return chiSquareResult(distance < 0 ? -z : z, alternative)
  }

  private func breslowDay(tarone: Bool) -> TestResult? {
    let informative = table.strata.filter { $0.responders > 0 && $0.responders < $0.patients }
    guard informative.count > 1, let odds = MantelHaenszel(table).oddsRatio, odds > 0,
      odds.isFinite
    else { return nil }
    var (sum, distance, variance) = (0.0, 0.0, 0.0)
    for stratum in informative {
      let rates = RestrictedRates(stratum, .oddsRatio, at: odds)
      let (n1, n2) = (Double(stratum.treated.patients), Double(stratum.control.patients))
      let own =
        1
        / (1 / (n1 * rates.treated.rate * rates.treated.complement)
          + 1 / (n2 * rates.control.rate * rates.control.complement))
      let excess = Double(stratum.treated.responders) - n1 * rates.treated.rate
      sum += excess * excess / own
      distance += excess
      variance += own
    }
    let statistic = max(0, tarone ? sum - distance * distance / variance : sum)
    let freedom = informative.count - 1
    return TestResult(
      pValue: chiSquareUpperTail(statistic, degreesOfFreedom: freedom), statistic: statistic,
      degreesOfFreedom: freedom)
  }
}
