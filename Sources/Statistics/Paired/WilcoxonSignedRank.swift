/// Wilcoxon's test that paired differences are symmetric about zero.
///
/// V is the sum of the ranks of the positive differences, ranked by magnitude; ties share the
/// average of their ranks. SAS prints V less its expected value as S. In every method `.greater`
/// asks whether the differences tend to be positive.
///
/// The exact distribution is that of V when every difference that is not zero keeps its rank and
/// takes either sign with probability ½, so it holds for tied ranks as well.
///
/// Differences of decimals are rarely equal in binary: 0.3 − 0.2 and 0.1 differ by 3 · 10⁻¹⁷, and
/// log 20 − log 10 need not be log 40 − log 20. So magnitudes within `tieTolerance`, as a share of
/// the largest, are tied; 0 ties equal doubles only, as R's `wilcox.test` does.
///
/// ## References
///
/// - Wilcoxon F (1945). Individual comparisons by ranking methods. *Biometrics Bulletin* 1:80–83.
/// - Pratt JW (1959). Remarks on zeros and ties in the Wilcoxon signed rank procedures.
///   *J Am Stat Assoc* 54:655–667.
/// - Hollander M, Wolfe DA, Chicken E (2014). *Nonparametric Statistical Methods*, 3rd ed.
///   Wiley, section 3.1.
public struct WilcoxonSignedRank: Sendable, Hashable {
  /// The most differences the exact method takes, not counting zeros.
  public static let maximumExactDifferences = SubsetSums.maximumItems

  public let zeroRule: ZeroRule
  public let zeros: Int
  public let positives: Int
  public let negatives: Int
  /// Whether differences that are not zero share a rank.
  public let hasTies: Bool
  private let ranks: SignedRanks

  /// - Precondition: `tieTolerance ≥ 0`.
  /// - Throws: ``StatisticsError/noDifferences`` for none, and
  ///   ``StatisticsError/notFinite(_:)`` for one that is no number.
  /// - Complexity: O(*n* log *n*).
  public init(
    _ differences: [Double], zeros rule: ZeroRule = .wilcoxon, tieTolerance: Double = 1e-12
  ) throws(StatisticsError) {
    precondition(tieTolerance >= 0)
    try checkedDifferences(differences)
    ranks = SignedRanks(differences, ranksZeros: rule == .pratt, tolerance: tieTolerance)
    zeroRule = rule
    zeros = ranks.zeros
    positives = ranks.positives
    negatives = ranks.negatives
    hasTies = ranks.hasTies
  }

  /// V, the sum of the ranks of the positive differences.
  public var statistic: Double { Double(ranks.positiveSum) / 2 }

  /// The value of V expected under the hypothesis.
  public var expected: Double { Double(ranks.sum) / 4 }

  /// The exact method where the module can count, the corrected normal one above.
  public var recommendedMethod: Method {
    positives + negatives <= Self.maximumExactDifferences ? .exact : .normalContinuityCorrected
  }

  /// The method R's `wilcox.test` chooses unless told otherwise: exact only below 50 differences
  /// without ties and zeros.
  public var methodOfR: Method {
    zeros == 0 && !hasTies && positives + negatives < 50 ? .exact : .normalContinuityCorrected
  }

  /// What the test finds; the statistic is V for the exact method, else *z*.
  ///
  /// Zeros alone say nothing for or against: *p* is 1, and ½ in one-sided normal methods.
  ///
  /// - Throws: ``StatisticsError/tooManyDifferences(_:limit:)`` from the exact method above
  ///   ``maximumExactDifferences``.
  /// - Complexity: O(*n³*) for the exact method, else O(*n*).
  public func result(
    _ method: Method, _ alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> TestResult {
    switch method {
    case .exact: TestResult(pValue: try exact(alternative), statistic: statistic)
    case .normal: normal(correction: 0, alternative)
    case .normalContinuityCorrected: normal(correction: 0.5, alternative)
    }
  }

  /// The *p*-value alone; see ``result(_:_:)``.
  public func pValue(
    _ method: Method, _ alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> Double {
    try result(method, alternative).pValue
  }

  private func exact(_ alternative: Alternative) throws(StatisticsError) -> Double {
    let number = positives + negatives
    guard number <= Self.maximumExactDifferences else {
      throw .tooManyDifferences(number, limit: Self.maximumExactDifferences)
    }
    let sums = SubsetSums(ranks.doubledRanks, at: ranks.positiveSum)
    let tails = sums.tails(at: ranks.positiveSum)
    return switch alternative {
    case .less: tails.lower
    case .greater: tails.upper
    case .twoSided: min(1, 2 * min(tails.lower, tails.upper))
    }
  }

  /// As R does, the correction may pass zero where V lies within a quarter of its expectation.
  private func normal(correction: Double, _ alternative: Alternative) -> TestResult {
    let variance = ranks.doubledRanks.reduce(0) { $0 + Double($1) * Double($1) } / 16
    guard variance > 0 else {
      return TestResult(pValue: normalPValue(0, alternative), statistic: 0)
    }
    let distance = statistic - expected
    let shift =
      switch alternative {
      case .greater: correction
      case .less: -correction
      case .twoSided: distance == 0 ? 0 : distance < 0 ? -correction : correction
      }
    let z = (distance - shift) / variance.squareRoot()
    return TestResult(pValue: normalPValue(z, alternative), statistic: z)
  }
}
