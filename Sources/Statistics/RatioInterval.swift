/// A confidence interval for the ratio of two response rates, treated over control.
public struct RatioInterval: Sendable, Hashable {
  public let table: ContingencyTable
  public let level: Double
  public let method: Method
  /// The observed ratio: infinite without responders in the control group, and nil without any.
  public let estimate: Double?
  /// Never negative.
  public let lower: Double
  /// Can be infinite.
  public let upper: Double

  /// - Throws: ``StatisticsError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public init(
    _ table: ContingencyTable, level: Double = 0.95, method: Method = .miettinenNurminen
  ) throws(StatisticsError) {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    self.table = table
    self.level = level
    self.method = method
    let (x1, n1) = (Double(table.treated.responders), Double(table.treated.patients))
    let (x2, n2) = (Double(table.control.responders), Double(table.control.patients))
    estimate = table.responders == 0 ? nil : x1 * n2 / (n1 * x2)
    (lower, upper) = method.limits(for: table, deviate: normalDeviate(upperTail: (1 - level) / 2))
  }

  public func contains(_ ratio: Double) -> Bool { lower <= ratio && ratio <= upper }
}

extension RatioInterval {
  /// How the interval is built.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Inverts the score test, with the variance factor N / (N − 1).
    ///
    /// ## References
    ///
    /// - Miettinen O, Nurminen M (1985). Comparative analysis of two rates. *Stat Med*
    ///   4:213–226.
    case miettinenNurminen = "miettinen-nurminen"

    /// Inverts the score test without the variance factor, which is also the χ² test.
    ///
    /// ## References
    ///
    /// - Koopman PAR (1984). Confidence intervals for the ratio of two binomial proportions.
    ///   *Biometrics* 40:513–517.
    case koopman

    /// Koopman's limits with the score corrected for its skewness.
    ///
    /// ## References
    ///
    /// - Gart JJ, Nam J (1988). Approximate interval estimation of the ratio of binomial
    ///   parameters: a review and corrections for skewness. *Biometrics* 44:323–338.
    case gartNam = "gart-nam"

    /// Miettinen and Nurminen's limits with the score corrected for its skewness (SCAS).
    ///
    /// ## References
    ///
    /// - Laud PJ (2017). Equal-tailed confidence intervals for comparison of rates. *Pharm Stat*
    ///   16:334–348.
    case skewnessCorrected = "scas"

    /// Normal limits of the ratio's logarithm.
    ///
    /// 0 to infinity where either group has no responder, because the logarithm is not finite.
    ///
    /// ## References
    ///
    /// - Katz D, Baptista J, Azen SP, Pike MC (1978). Obtaining confidence intervals for the risk
    ///   ratio in cohort studies. *Biometrics* 34:469–474.
    case katz

    /// Katz's limits with one half added to every count of responders and of patients.
    ///
    /// ## References
    ///
    /// - Walter SD (1975). The distribution of Levin's measure of attributable risk. *Biometrika*
    ///   62:371–375.
    case walter

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .miettinenNurminen: "Score limits with the N/(N-1) variance factor; no skewness term."
      case .koopman: "Score limits without N/(N-1), Koopman's chi-square limits."
      case .gartNam: "Score limits without N/(N-1), corrected for skewness."
      case .skewnessCorrected: "Score limits with N/(N-1), corrected for skewness."
      case .katz: "Normal limits of the log ratio; 0 to infinity where a group has no responder."
      case .walter: "Normal limits of the log ratio after adding 1/2 to every x and n."
      }
    }
  }
}

extension RatioInterval.Method {
  fileprivate func limits(for table: ContingencyTable, deviate z: Double) -> (Double, Double) {
    switch self {
    case .miettinenNurminen: score(table, factor: true, skewness: false).limits(deviate: z)
    case .koopman: score(table, factor: false, skewness: false).limits(deviate: z)
    case .gartNam: score(table, factor: false, skewness: true).limits(deviate: z)
    case .skewnessCorrected: score(table, factor: true, skewness: true).limits(deviate: z)
    case .katz: logLimits(for: table, deviate: z, adding: 0)
    case .walter: logLimits(for: table, deviate: z, adding: 0.5)
    }
  }

  private func score(
    _ table: ContingencyTable, factor: Bool, skewness: Bool
  ) -> ScoreEquation {
    ScoreEquation(
      strata: [table], contrast: .ratio, usesSampleFactor: factor, isSkewnessCorrected: skewness)
  }

  private func logLimits(
    for table: ContingencyTable, deviate z: Double, adding extra: Double
  ) -> (Double, Double) {
    let treated = (Double(table.treated.responders) + extra, Double(table.treated.patients) + extra)
    let control = (Double(table.control.responders) + extra, Double(table.control.patients) + extra)
    guard treated.0 > 0, control.0 > 0 else { return (0, .infinity) }
    let variance =
      (treated.1 - treated.0) / (treated.0 * treated.1)
      + (control.1 - control.0) / (control.0 * control.1)
    let ratio = treated.0 * control.1 / (treated.1 * control.0)
    return logarithmicLimits(about: ratio, variance: variance, deviate: z)
  }
}
