internal import Glibc

/// A confidence interval for the odds ratio of two groups, treated over control.
public struct OddsRatioInterval: Sendable, Hashable {
  public let table: ContingencyTable
  public let level: Double
  public let method: Method
  /// The estimate that belongs to the method: x₁ y₂ / (x₂ y₁), or for the conditional methods
  /// the one under which the observed count is the expected one, given the margins.
  ///
  /// Nil where nobody or everybody responded, because nothing is known of it.
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
    guard table.responders > 0, table.responders < table.patients else {
      (estimate, lower, upper) = (nil, 0, .infinity)
      return
    }
    (estimate, (lower, upper)) =
      switch method {
      case .conditionalExact, .conditionalMidP:
        ConditionalOddsRatio(table).summary(
          alpha: 1 - level, isMidP: method == .conditionalMidP)
      default:
        (
          table.crossProductRatio,
          method.limits(for: table, deviate: normalDeviate(upperTail: (1 - level) / 2))
        )
      }
  }

  public func contains(_ oddsRatio: Double) -> Bool { lower <= oddsRatio && oddsRatio <= upper }
}

extension OddsRatioInterval {
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
    /// - Cornfield J (1956). A statistical problem arising from retrospective studies. *Proc
    ///   Third Berkeley Symp* 4:135–148.
    case cornfield

    /// Miettinen and Nurminen's limits with the score corrected for its skewness (SCAS).
    ///
    /// ## References
    ///
    /// - Laud PJ (2018). Equal-tailed confidence intervals for comparison of rates. *Pharm Stat*
    ///   17:290–293 (corrigendum).
    case skewnessCorrected = "scas"

    /// Normal limits of the odds ratio's logarithm.
    ///
    /// 0 to infinity with an empty cell, because the logarithm is not finite.
    ///
    /// ## References
    ///
    /// - Woolf B (1955). On estimating the relation between blood group and disease. *Ann Hum
    ///   Genet* 19:251–253.
    case woolf

    /// Woolf's limits with one half added to every cell.
    ///
    /// ## References
    ///
    /// - Gart JJ (1966). Alternative analyses of contingency tables. *J R Stat Soc B* 28:164–179.
    case gart

    /// The odds ratios at which either one-sided conditional exact test just rejects.
    ///
    /// R's `fisher.test` prints the same limits and the conditional maximum likelihood estimate,
    /// short of convergence by up to half a percent.
    ///
    /// ## References
    ///
    /// - Cornfield J (1956). A statistical problem arising from retrospective studies. *Proc
    ///   Third Berkeley Symp* 4:135–148.
    case conditionalExact = "conditional-exact"

    /// The conditional exact limits with half the probability of the observed table.
    ///
    /// ## References
    ///
    /// - Berry G, Armitage P (1995). Mid-P confidence intervals: a brief review. *Statistician*
    ///   44:417–423.
    case conditionalMidP = "conditional-mid-p"

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .miettinenNurminen: "Score limits with the N/(N-1) variance factor; no skewness term."
      case .cornfield: "Score limits without N/(N-1), Cornfield's without continuity correction."
      case .skewnessCorrected: "Score limits with N/(N-1), corrected for skewness."
      case .woolf: "Normal limits of the log odds ratio; 0 to infinity with an empty cell."
      case .gart: "Normal limits of the log odds ratio after adding 1/2 to every cell."
      case .conditionalExact:
        "Two one-sided conditional tests, as R's fisher.test but converged; conditional estimate."
      case .conditionalMidP:
        "Two one-sided conditional mid-p tests; conditional maximum likelihood estimate."
      }
    }
  }
}

extension OddsRatioInterval.Method {
  fileprivate func limits(for table: ContingencyTable, deviate z: Double) -> (Double, Double) {
    switch self {
    case .woolf: logLimits(for: table, deviate: z, adding: 0)
    case .gart: logLimits(for: table, deviate: z, adding: 0.5)
    default:
      ScoreEquation(
        strata: [table], contrast: .oddsRatio, usesSampleFactor: self != .cornfield,
        isSkewnessCorrected: self == .skewnessCorrected
      ).limits(deviate: z)
    }
  }

  private func logLimits(
    for table: ContingencyTable, deviate z: Double, adding extra: Double
  ) -> (Double, Double) {
    let cells = [
      table.treated.responders, table.treated.nonResponders, table.control.responders,
      table.control.nonResponders,
    ].map { Double($0) + extra }
    guard cells.allSatisfy({ $0 > 0 }) else { return (0, .infinity) }
    let variance = cells.reduce(0) { $0 + 1 / $1 }
    let ratio = cells[0] * cells[3] / (cells[1] * cells[2])
    return logarithmicLimits(about: ratio, variance: variance, deviate: z)
  }
}

extension ContingencyTable {
  /// x₁ y₂ / (y₁ x₂), infinite where only the denominator is 0.
  var crossProductRatio: Double {
    Double(treated.responders) * Double(control.nonResponders)
      / (Double(treated.nonResponders) * Double(control.responders))
  }
}

/// z standard errors of its logarithm either side of a ratio.
func logarithmicLimits(
  about ratio: Double, variance: Double, deviate z: Double
) -> (lower: Double, upper: Double) {
  let factor = exp(z * variance.squareRoot())
  return (ratio / factor, ratio * factor)
}
