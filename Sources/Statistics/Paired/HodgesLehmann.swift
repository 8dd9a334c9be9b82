/// Hodges and Lehmann's estimate of the median of paired differences, with its interval.
///
/// The estimate is the median of the averages of all pairs of differences, each paired with
/// itself too (Walsh averages). The interval runs from the *k*-th smallest average to the *k*-th
/// largest, with the largest *k* for which Pr(V < *k*) ≤ α/2 under Wilcoxon's signed rank
/// distribution; it holds the shifts that the exact test of untied differences accepts.
///
/// The level attained is the least one that is not below the level asked for. With tied
/// differences the chance of covering is at least the level attained, because the limits belong
/// to the interval (Noether 1967). Where even the interval from the least to the largest
/// difference falls short, as with five or fewer differences at 95 %, that interval is given and
/// ``attainsLevel`` is false.
///
/// Above ``maximumExactDifferences`` *k* is from the normal approximation with continuity
/// correction. R's `wilcox.test` gives the same up to 49 differences without ties and zeros, and
/// beyond them solves the normal approximation for the shift instead.
///
/// ## References
///
/// - Hodges JL, Lehmann EL (1963). Estimates of location based on rank tests. *Ann Math Stat*
///   34:598–611.
/// - Noether GE (1967). Wilcoxon confidence intervals for location parameters in the discrete
///   case. *J Am Stat Assoc* 62:184–188.
/// - Hollander M, Wolfe DA, Chicken E (2014). *Nonparametric Statistical Methods*, 3rd ed.
///   Wiley, sections 3.2 and 3.3.
public struct HodgesLehmann: Sendable, Hashable {
  /// The most differences for which the interval is exact.
  public static let maximumExactDifferences = SubsetSums.maximumItems

  public let estimate: Double
  public let level: Double
  public let alternative: Alternative
  /// −∞ for the interval that goes with the alternative `.less`.
  public let lower: Double
  /// ∞ for the interval that goes with the alternative `.greater`.
  public let upper: Double
  /// The chance with which the interval covers the median of untied differences.
  public let attainedLevel: Double
  /// Whether the level attained was counted, not approximated.
  public let isExact: Bool

  /// Whether there are differences enough for the level asked for.
  public var attainsLevel: Bool { attainedLevel >= level * (1 - 1e-12) }

  /// - Throws: ``StatisticsError/levelOutOfRange(_:)`` unless `0 < level < 1`,
  ///   ``StatisticsError/noDifferences`` for none, ``StatisticsError/notFinite(_:)`` for one that
  ///   is no number.
  /// - Complexity: O(*n* log *n*) and, up to ``maximumExactDifferences``, O(*n³*).
  public init(
    _ differences: [Double], level: Double = 0.95, alternative: Alternative = .twoSided
  ) throws(StatisticsError) {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    try checkedDifferences(differences)
    let averages = WalshAverages(differences)
    let sides = alternative == .twoSided ? 2.0 : 1.0
    let cut = SignedRankCut(differences.count, tail: (1 - level) / sides)
    self.level = level
    self.alternative = alternative
    estimate = averages.median
    lower = alternative == .less ? -.infinity : averages.ranked(cut.rank)
    upper =
      alternative == .greater ? .infinity : averages.ranked(averages.count + 1 - cut.rank)
    attainedLevel = 1 - sides * cut.tail
    isExact = differences.count <= Self.maximumExactDifferences
  }

  public func contains(_ shift: Double) -> Bool { lower <= shift && shift <= upper }
}

/// The rank *k* of the Walsh average at which an interval ends, and Pr(V < *k*).
private struct SignedRankCut {
  let rank: Int
  let tail: Double

  init(_ number: Int, tail limit: Double) {
    (rank, tail) =
      number <= SubsetSums.maximumItems
      ? Self.exact(number, tail: limit) : Self.approximate(Double(number), tail: limit)
  }

  private static func exact(_ number: Int, tail limit: Double) -> (Int, Double) {
    let sums = SubsetSums(Array(1...number))
    guard let quantile = sums.lowerQuantile(atMost: limit) else {
      return (1, sums.tails(at: 0).lower)
    }
    return (quantile.sum + 1, quantile.tail)
  }

  private static func approximate(_ number: Double, tail limit: Double) -> (Int, Double) {
    let expected = number * (number + 1) / 4
    let deviation = (expected * (2 * number + 1) / 6).squareRoot()
    let cut = expected - normalDeviate(upperTail: limit) * deviation + 0.5
    let rank = max(1, Int(cut.rounded(.down)))
    return (rank, normalLowerTail((Double(rank) - 0.5 - expected) / deviation))
  }
}
