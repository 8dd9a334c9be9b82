extension DifferenceInterval {
  /// How the interval is built.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Inverts the score test, with the variance factor N / (N − 1).
    ///
    /// The rates in the variance are the likeliest ones that differ by the tested amount.
    ///
    /// ## References
    ///
    /// - Miettinen O, Nurminen M (1985). Comparative analysis of two rates. *Stat Med*
    ///   4:213–226.
    case miettinenNurminen = "miettinen-nurminen"

    /// Inverts the score test without the variance factor.
    ///
    /// ## References
    ///
    /// - Mee RW (1984). Confidence bounds for the difference between two probabilities.
    ///   *Biometrics* 40:1175–1176.
    case mee

    /// Mee's limits with the score corrected for its skewness.
    ///
    /// ## References
    ///
    /// - Gart JJ, Nam J (1990). Approximate interval estimation of the difference in binomial
    ///   parameters: correction for skewness and extension to multiple tables. *Biometrics*
    ///   46:637–643.
    case gartNam = "gart-nam"

    /// Miettinen and Nurminen's limits with the score corrected for its skewness (SCAS).
    ///
    /// ## References
    ///
    /// - Laud PJ (2017). Equal-tailed confidence intervals for comparison of rates. *Pharm Stat*
    ///   16:334–348.
    case skewnessCorrected = "scas"

    /// Combines Wilson's limits of the two rates.
    ///
    /// ## References
    ///
    /// - Newcombe RG (1998). Interval estimation for the difference between independent
    ///   proportions: comparison of eleven methods. *Stat Med* 17:873–890, method 10.
    case newcombe

    /// Combines Wilson's continuity-corrected limits of the two rates.
    ///
    /// ## References
    ///
    /// - Newcombe RG (1998). Interval estimation for the difference between independent
    ///   proportions: comparison of eleven methods. *Stat Med* 17:873–890, method 11.
    case newcombeContinuityCorrected = "newcombe-cc"

    /// Wald's interval after adding one responder and one non-responder to either group.
    ///
    /// Clipped to [−1, 1]; centered on the shrunken difference, not the observed one.
    ///
    /// ## References
    ///
    /// - Agresti A, Caffo B (2000). Simple and effective confidence intervals for proportions
    ///   and differences of proportions result from adding two successes and two failures.
    ///   *Am Stat* 54:280–288.
    case agrestiCaffo = "agresti-caffo"

    /// The observed difference and z unpooled standard errors either side of it.
    ///
    /// Clipped to [−1, 1]; far below its level in small samples.
    case wald

    /// Wald's interval widened by ½ (1/n₁ + 1/n₂) either side.
    ///
    /// SAS's correction, in full even where it exceeds the difference. Clipped to [−1, 1].
    ///
    /// ## References
    ///
    /// - Fleiss JL, Levin B, Paik MC (2003). *Statistical Methods for Rates and Proportions*,
    ///   3rd ed. Wiley, section 3.2.
    case waldContinuityCorrected = "wald-cc"

    /// Wald's interval widened by ½ (1/n₁ + 1/n₂), or by the difference where that is less.
    ///
    /// What R's `prop.test` prints. Clipped to [−1, 1].
    case propTest = "prop-test"

    /// Wald's interval with n − 1 in the variances, widened by 1/(2 min(n₁, n₂)).
    ///
    /// Clipped to [−1, 1], which it is throughout where a group has one patient.
    ///
    /// ## References
    ///
    /// - Hauck WW, Anderson S (1986). A comparison of large-sample confidence interval methods
    ///   for the difference of two binomial probabilities. *Am Stat* 40:318–322.
    case hauckAnderson = "hauck-anderson"

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .miettinenNurminen: "Score limits with the N/(N-1) variance factor; no skewness term."
      case .mee: "Score limits without the N/(N-1) variance factor; no skewness term."
      case .gartNam: "Score limits without N/(N-1), corrected for skewness."
      case .skewnessCorrected: "Score limits with N/(N-1), corrected for skewness."
      case .newcombe: "Newcombe's method 10, Wilson limits without continuity correction."
      case .newcombeContinuityCorrected:
        "Newcombe's method 11, Wilson limits with continuity correction."
      case .agrestiCaffo: "One responder and one non-responder added to either group; clipped."
      case .wald: "Unpooled variance, no continuity correction; clipped to [-1, 1]."
      case .waldContinuityCorrected:
        "Correction of (1/n1 + 1/n2)/2 in full, as SAS RISKDIFF(CORRECT); clipped to [-1, 1]."
      case .propTest:
        "Correction of (1/n1 + 1/n2)/2, at most the difference, as R's prop.test; clipped."
      case .hauckAnderson:
        "Variances over n - 1, correction of 1/(2 min(n1, n2)); clipped to [-1, 1]."
      }
    }
  }
}
