extension TwoSampleTest {
  /// How the two rates are compared.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Pearson's χ² without continuity correction; one-sided by its signed root.
    ///
    /// ## References
    ///
    /// - Pearson K (1900). On the criterion that a given system of deviations … can be
    ///   reasonably supposed to have arisen from random sampling. *Philos Mag* 50:157–175.
    case chiSquare = "chi-square"

    /// Pearson's χ² with Yates's correction; one-sided by its signed root.
    ///
    /// |observed − expected| is reduced by one half, or to nothing where it is less, as in R's
    /// `chisq.test` and `prop.test`.
    ///
    /// ## References
    ///
    /// - Yates F (1934). Contingency tables involving small numbers and the χ² test. *J R Stat
    ///   Soc Suppl* 1:217–235.
    case chiSquareYates = "chi-square-yates"

    /// Fisher's exact test; two-sided by minimum likelihood.
    ///
    /// The two-sided *p* sums every table with these margins no more probable than the one
    /// observed; tables within one part in 10⁷ are equal, as in R's `fisher.test`.
    ///
    /// ## References
    ///
    /// - Fisher RA (1935). The logic of inductive inference. *J R Stat Soc* 98:39–82.
    /// - Fay MP (2010). Confidence intervals that match Fisher's exact or Blaker's exact tests.
    ///   *Biostatistics* 11:373–374.
    case fisher

    /// Fisher's test with half the probability of the tables as extreme as the observed one.
    ///
    /// Two-sided, every table as probable as the observed one is counted half; *p* is 1 where
    /// the margins leave only one table.
    ///
    /// ## References
    ///
    /// - Fagerland MW, Lydersen S, Laake P (2017). *Statistical Analysis of Contingency Tables*.
    ///   Chapman & Hall/CRC, chapter 4.
    case fisherMidP = "fisher-mid-p"

    /// Barnard's unconditional exact test ordered by the pooled *z*.
    ///
    /// The largest probability, over every common rate from 0 to 1, of a table whose *z* (for
    /// the two-sided test |*z*|) is at least the observed one. Tables are ordered in integers,
    /// so equal statistics are equal. A table in which nobody or everybody responds has *z* 0.
    ///
    /// ## References
    ///
    /// - Barnard GA (1947). Significance tests for 2 × 2 tables. *Biometrika* 34:123–138.
    /// - Suissa S, Shuster JJ (1985). Exact unconditional sample sizes for the 2 × 2 binomial
    ///   trial. *J R Stat Soc A* 148:317–327.
    case barnard

    /// Barnard's test with the common rate confined to its own confidence interval.
    ///
    /// The largest probability over the Clopper-Pearson interval of level 1 − γ for the common
    /// rate, plus γ, at most 1.
    ///
    /// ## References
    ///
    /// - Berger RL, Boos DD (1994). P values maximized over a confidence set for the nuisance
    ///   parameter. *J Am Stat Assoc* 89:1012–1016.
    case barnardBergerBoos = "barnard-berger-boos"

    /// Boschloo's unconditional exact test; two-sided ordered by the two-sided Fisher *p*.
    ///
    /// The largest probability, over every common rate from 0 to 1, of a table whose Fisher *p*
    /// for the same alternative (two-sided by minimum likelihood, as ``fisher``) is at most the
    /// observed one. Never above Fisher's *p*. What R's package Exact calls two-sided.
    ///
    /// ## References
    ///
    /// - Boschloo RD (1970). Raised conditional level of significance for the 2 × 2-table when
    ///   testing the equality of two probabilities. *Stat Neerl* 24:1–35.
    case boschloo

    /// Boschloo's test; two-sided by doubling the smaller one-sided *p*, at most 1.
    ///
    /// What SciPy and the default of R's exact2x2 call two-sided.
    ///
    /// ## References
    ///
    /// - Boschloo RD (1970). Raised conditional level of significance for the 2 × 2-table when
    ///   testing the equality of two probabilities. *Stat Neerl* 24:1–35.
    case boschlooCentral = "boschloo-central"

    /// Miettinen and Nurminen's score test, the test their interval inverts.
    ///
    /// Pearson's χ² times (N − 1) / N.
    ///
    /// ## References
    ///
    /// - Miettinen O, Nurminen M (1985). Comparative analysis of two rates. *Stat Med*
    ///   4:213–226.
    case scoreMiettinenNurminen = "score-mn"

    /// The likelihood ratio test: G² = 2 Σ O log (O / E); one-sided by its signed root.
    ///
    /// ## References
    ///
    /// - Wilks SS (1938). The large-sample distribution of the likelihood ratio for testing
    ///   composite hypotheses. *Ann Math Stat* 9:60–62.
    case likelihoodRatio = "likelihood-ratio"

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .chiSquare: "Pearson's chi-square, no continuity correction."
      case .chiSquareYates:
        "Yates's correction of one half, never past zero, as R's chisq.test and prop.test."
      case .fisher:
        "Two-sided by minimum likelihood, ties within 1e-7 relative, as R's fisher.test."
      case .fisherMidP: "Two-sided by minimum likelihood; tables as probable count half."
      case .barnard:
        "Ordered by the pooled z, exact ties; largest p over common rates from 0 to 1."
      case .barnardBergerBoos:
        "Pooled z; common rate within its Clopper-Pearson interval of level 1 - gamma; p + gamma."
      case .boschloo: "Ordered by Fisher's p for the same alternative, as R's Exact."
      case .boschlooCentral:
        "Two-sided by doubling the smaller one-sided p, as SciPy and R's exact2x2."
      case .scoreMiettinenNurminen: "Pooled variance with the N/(N-1) factor."
      case .likelihoodRatio: "Chi-square approximation to G-squared, no correction."
      }
    }
  }
}
