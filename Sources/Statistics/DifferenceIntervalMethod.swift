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

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .miettinenNurminen: "Score limits with the N/(N-1) variance factor; no skewness term."
      case .newcombe: "Newcombe's method 10, Wilson limits without continuity correction."
      case .newcombeContinuityCorrected:
        "Newcombe's method 11, Wilson limits with continuity correction."
      case .agrestiCaffo: "One responder and one non-responder added to either group; clipped."
      case .wald: "Unpooled variance, no continuity correction; clipped to [-1, 1]."
      }
    }
  }
}
