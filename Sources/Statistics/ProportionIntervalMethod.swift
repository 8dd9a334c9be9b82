extension ProportionInterval {
  /// How the interval is built.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Inverts two one-sided binomial tests, each at half of 1 − level.
    ///
    /// Never covers less than its level. The lower limit is 0 without responders, the upper 1
    /// when all respond; the other limit keeps half of 1 − level (R's `binom.test`).
    ///
    /// ## References
    ///
    /// - Clopper CJ, Pearson ES (1934). The use of confidence or fiducial limits illustrated in
    ///   the case of the binomial. *Biometrika* 26:404–413.
    case clopperPearson = "clopper-pearson"

    /// Inverts the score test; covers its level on average.
    ///
    /// ## References
    ///
    /// - Wilson EB (1927). Probable inference, the law of succession, and statistical inference.
    ///   *J Am Stat Assoc* 22:209–212.
    case wilson

    /// Inverts the score test with a continuity correction of half a patient.
    ///
    /// Newcombe's method 4: the lower limit is Wilson's for half a responder less, the upper
    /// Wilson's for half a responder more; 0 and 1 at the ends. R's `prop.test` shrinks the
    /// correction to |x − n/2| when that is less than one half; Newcombe's formula, SAS and
    /// SciPy do not, and neither does this one.
    ///
    /// ## References
    ///
    /// - Newcombe RG (1998). Two-sided confidence intervals for the single proportion:
    ///   comparison of seven methods. *Stat Med* 17:857–872, method 4.
    case wilsonContinuityCorrected = "wilson-cc"

    /// Inverts the score test with a correction of half a patient, or of |x − n/2| where that is
    /// less: what R's `prop.test` prints.
    case propTest = "prop-test"

    /// The equal-tailed interval of the posterior under a Beta(½, ½) prior.
    ///
    /// The lower limit is 0 without responders and the upper 1 when all respond; the other
    /// limit stays the equal-tailed quantile.
    ///
    /// ## References
    ///
    /// - Brown LD, Cai TT, DasGupta A (2001). Interval estimation for a binomial proportion.
    ///   *Stat Sci* 16:101–133, section 3.1.2.
    case jeffreys

    /// The same, equal-tailed at 0/n and n/n too, so that it leaves the estimate out there.
    case jeffreysRaw = "jeffreys-raw"

    /// Wald's interval after adding z²/2 responders and z²/2 non-responders.
    ///
    /// Clipped to [0, 1].
    ///
    /// ## References
    ///
    /// - Agresti A, Coull BA (1998). Approximate is better than "exact" for interval estimation
    ///   of binomial proportions. *Am Stat* 52:119–126.
    case agrestiCoull = "agresti-coull"

    /// Inverts two one-sided mid-p binomial tests, each at half of 1 − level.
    ///
    /// Half the probability of the observed count belongs to either tail.
    ///
    /// ## References
    ///
    /// - Lancaster HO (1961). Significance tests in discrete distributions. *J Am Stat Assoc*
    ///   56:223–234.
    /// - Berry G, Armitage P (1995). Mid-P confidence intervals: a brief review. *Statistician*
    ///   44:417–423.
    case midP = "mid-p"

    /// The smallest interval that holds every rate Blaker's exact test accepts.
    ///
    /// The rates accepted can form several pieces, because the acceptability jumps; the
    /// interval spans them all. It lies within Clopper-Pearson's and never covers less than its
    /// level.
    ///
    /// ## References
    ///
    /// - Blaker H (2000). Confidence curves and improved exact confidence intervals for discrete
    ///   distributions. *Can J Stat* 28:783–798.
    /// - Klaschka J (2010). BlakerCI: an algorithm and R package for the Blaker's binomial
    ///   confidence limits calculation. Institute of Computer Science, Prague, report 1099.
    case blaker

    /// The estimate and z standard errors either side of it.
    ///
    /// Clipped to [0, 1]; of no width when none or all respond, and far below its level in small
    /// samples. For comparison with older reports only.
    case wald

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .clopperPearson: "Equal-tailed exact limits; 0 at 0/n and 1 at n/n."
      case .wilson: "Score limits without continuity correction."
      case .wilsonContinuityCorrected:
        "Newcombe's method 4: the correction is not shrunk near n/2, as R's prop.test does."
      case .propTest:
        "Correction of half a patient, at most |x - n/2|, as R's prop.test."
      case .jeffreys:
        "Beta(1/2, 1/2) prior, equal tails; the lower limit is 0 at 0/n, the upper 1 at n/n."
      case .jeffreysRaw: "Beta(1/2, 1/2) prior, equal tails at 0/n and n/n too."
      case .agrestiCoull: "z²/2 added to either count; clipped to [0, 1]."
      case .midP: "Inverts one-sided mid-p tests; 0 at 0/n and 1 at n/n."
      case .blaker: "Blaker's exact test, smallest interval spanning every accepted rate."
      case .wald: "Normal limits about the estimate; clipped to [0, 1]."
      }
    }
  }
}
