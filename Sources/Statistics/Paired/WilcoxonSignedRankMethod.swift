extension WilcoxonSignedRank {
  /// What becomes of differences of zero.
  ///
  /// Raw values are the names used in commands and results.
  public enum ZeroRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// They are dropped before ranking.
    ///
    /// ## References
    ///
    /// - Wilcoxon F (1949). *Some Rapid Approximate Statistical Procedures*. American Cyanamid.
    case wilcoxon

    /// They take part in the ranking and their ranks are dropped, so that a zero added never
    /// makes the evidence look stronger.
    ///
    /// ## References
    ///
    /// - Pratt JW (1959). Remarks on zeros and ties in the Wilcoxon signed rank procedures.
    ///   *J Am Stat Assoc* 54:655–667.
    case pratt

    /// The choice made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .wilcoxon: "Zeros dropped before ranking, as R's wilcox.test and SAS PROC UNIVARIATE."
      case .pratt: "Zeros ranked, then their ranks dropped, as R's coin by default."
      }
    }
  }

  /// How V is judged.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// By counting the signs, conditional on ranks and zeros; two-sided by doubling the smaller
    /// tail, which the symmetry of the distribution makes every V as far from its expectation.
    case exact

    /// By *z*, the variance being a quarter of the sum of squared ranks, which is the usual
    /// variance corrected for ties and zeros.
    case normal

    /// By *z* with the distance of V from its expectation reduced by one half.
    case normalContinuityCorrected = "normal-cc"

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .exact:
        "Exact for ties and zeros too, as R's exactRankTests and coin; R's wilcox.test turns to"
          + " the normal approximation for ties, zeros or 50 pairs."
      case .normal: "Variance corrected for ties and zeros, no continuity correction."
      case .normalContinuityCorrected:
        "Variance corrected for ties and zeros, correction of one half, as R's wilcox.test."
      }
    }
  }
}
