/// The sign test that as many paired differences are positive as negative.
///
/// Zeros are dropped, and the number of positive differences is binomial with rate ½. Two-sided,
/// the smaller tail is doubled; at ½ that is also R's minimum likelihood rule. `.greater` asks
/// whether positive differences are the more frequent.
///
/// ## References
///
/// - Dixon WJ, Mood AM (1946). The statistical sign test. *J Am Stat Assoc* 41:557–566.
/// - Hollander M, Wolfe DA, Chicken E (2014). *Nonparametric Statistical Methods*, 3rd ed.
///   Wiley, section 3.4.
public struct SignTest: Sendable, Hashable {
  public let positives: Int
  public let negatives: Int
  public let zeros: Int

  /// Magnitudes up to `tolerance`, as a share of the largest, count as zero; see
  /// ``WilcoxonSignedRank``.
  ///
  /// - Precondition: `tolerance ≥ 0`.
  /// - Throws: ``StatisticsError/noDifferences`` for none, and
  ///   ``StatisticsError/notFinite(_:)`` for one that is no number.
  public init(_ differences: [Double], tolerance: Double = 1e-12) throws(StatisticsError) {
    precondition(tolerance >= 0)
    try checkedDifferences(differences)
    let allowance = tolerance * (differences.map(\.magnitude).max() ?? 0)
    positives = differences.count { $0 > allowance }
    negatives = differences.count { $0 < -allowance }
    zeros = differences.count - positives - negatives
  }

  /// - Throws: ``StatisticsError/impossibleCount(responders:patients:)`` for negative counts or
  ///   none at all, ``StatisticsError/tooManyPatients(_:limit:)`` for one above
  ///   ``ResponseCount/maximumPatients``.
  public init(positives: Int, negatives: Int, zeros: Int = 0) throws(StatisticsError) {
    for count in [positives, negatives, zeros] where count > ResponseCount.maximumPatients {
      throw .tooManyPatients(count, limit: ResponseCount.maximumPatients)
    }
    let total = max(positives, 0) + max(negatives, 0) + max(zeros, 0)
    guard positives >= 0, negatives >= 0, zeros >= 0, total > 0 else {
      throw .impossibleCount(responders: positives, patients: total)
    }
    self.positives = positives
    self.negatives = negatives
    self.zeros = zeros
  }

  /// The exact *p*-value, which is 1 where all differences are zero.
  ///
  /// - Complexity: O(1).
  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    let tails = halfTails(positives, of: positives + negatives)
    return switch alternative {
    case .less: tails.lower
    case .greater: tails.upper
    case .twoSided: min(1, 2 * min(tails.lower, tails.upper))
    }
  }

  /// The test's result; its statistic is the number of positive differences.
  public func result(_ alternative: Alternative = .twoSided) -> TestResult {
    TestResult(pValue: pValue(alternative), statistic: Double(positives))
  }
}

/// Pr(X ≤ `count`) and Pr(X ≥ `count`) among `number` fair coins.
func halfTails(_ count: Int, of number: Int) -> (lower: Double, upper: Double) {
  guard number > 0 else { return (1, 1) }
  let binomial = Binomial(patients: number, rate: 0.5)
  return (binomial.lowerTail(count), binomial.upperTail(count))
}
