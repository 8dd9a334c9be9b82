extension OneSampleTest {
  /// How the count is compared with the fixed rate.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// The exact binomial test; two-sided by minimum likelihood.
    ///
    /// The two-sided *p* sums every count no more probable than the one observed, with R's tie
    /// rule: probabilities within one part in 10⁷ are equal (`binom.test`).
    ///
    /// ## References
    ///
    /// - Hirji KF (2006). *Exact Analysis of Discrete Data*. Chapman & Hall/CRC, section 3.3,
    ///   the probability method.
    case exact

    /// The exact binomial test; two-sided by doubling the smaller tail, at most 1.
    ///
    /// SAS's rule (PROC FREQ, EXACT BINOMIAL), and the one Clopper-Pearson limits invert.
    ///
    /// ## References
    ///
    /// - Clopper CJ, Pearson ES (1934). The use of confidence or fiducial limits illustrated in
    ///   the case of the binomial. *Biometrika* 26:404–413.
    case exactDoubled = "exact-doubled"

    /// The exact test with half the probability of the observed count; two-sided by doubling
    /// the smaller tail, at most 1.
    ///
    /// ## References
    ///
    /// - Lancaster HO (1961). Significance tests in discrete distributions. *J Am Stat Assoc*
    ///   56:223–234.
    case midP = "mid-p"

    /// Blaker's exact test: the smaller tail and the largest opposite tail not above it.
    ///
    /// Never above twice the smaller tail. Tails within one part in 10⁷ are equal, as in R's
    /// `exactci`. One-sided it is the exact binomial test.
    ///
    /// ## References
    ///
    /// - Blaker H (2000). Confidence curves and improved exact confidence intervals for discrete
    ///   distributions. *Can J Stat* 28:783–798.
    case blaker

    /// *z* = (x − n p₀) / √(n p₀ (1 − p₀)), the test Wilson's limits invert.
    ///
    /// ## References
    ///
    /// - Wilson EB (1927). Probable inference, the law of succession, and statistical inference.
    ///   *J Am Stat Assoc* 22:209–212.
    case score

    /// The score test with |x − n p₀| reduced by one half, or to nothing where it is less.
    ///
    /// ## References
    ///
    /// - Fleiss JL, Levin B, Paik MC (2003). *Statistical Methods for Rates and Proportions*,
    ///   3rd ed. Wiley, section 2.1.
    case scoreContinuityCorrected = "score-cc"

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .exact:
        "Two-sided by minimum likelihood, ties within 1e-7 relative, as R's binom.test."
      case .exactDoubled: "Two-sided by doubling the smaller tail, at most 1, as SAS PROC FREQ."
      case .midP: "Two-sided by doubling the smaller mid-p tail, at most 1."
      case .blaker: "Smaller tail and largest opposite tail not above it, ties within 1e-7."
      case .score: "Variance at the fixed rate, no continuity correction."
      case .scoreContinuityCorrected:
        "Variance at the fixed rate; correction of one half, never past zero, as R's prop.test."
      }
    }
  }
}
