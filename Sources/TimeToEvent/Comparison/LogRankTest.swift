import Statistics

/// A test that groups have the same hazard, by weighted sums of observed less expected events.
///
/// At each time of events, with *d* events among *n* at risk of whom n_g are of group *g*, group
/// *g* is expected to have d n_g / n of them, with the covariance
/// d (n − d) / (n − 1) · (δ_gh n_g / n − n_g n_h / n²). Weights multiply both differences and, squared,
/// covariances. With strata the sums run over strata, each with its own sets at risk.
///
/// ## References
///
/// - Klein JP, Moeschberger ML (2003). *Survival Analysis*, 2nd ed. Springer, sections 7.3 and 7.5.
/// - Harrington DP, Fleming TR (1982). A class of rank test procedures for censored survival data.
///   *Biometrika* 69:553–566.
public struct LogRankTest: Sendable, Hashable {
  /// The most groups one test compares.
  public static let maximumGroups = 1_000

  /// The names of the groups, in the order of every column.
  public let groups: [String]
  public let subjects: [Int]
  /// Weighted.
  public let observed: [Double]
  /// Weighted.
  public let expected: [Double]
  /// Of observed less expected.
  public let covariance: [[Double]]
  public let weight: LogRankWeight
  /// *χ²*.
  public let statistic: Double
  /// One less than the groups of whom events were expected (fewer where sets at risk never
  /// brought some groups together).
  public let degreesOfFreedom: Int

  /// - Throws: ``TimeToEventError/unequalColumn(_:values:subjects:)``,
  ///   ``TimeToEventError/tooFewGroups(_:)``, ``TimeToEventError/tooManyGroups(_:limit:)``,
  ///   ``TimeToEventError/unusableExponents(rho:gamma:)``, and
  ///   ``TimeToEventError/nothingToCompare`` where no event of any weight happened while two groups
  ///   were at risk.
  /// - Complexity: O(*n* + *k* *g*²) for *k* times of events and *g* groups.
  public init(
    _ sample: EventTimes, groups: Grouping, strata: Grouping? = nil,
    weight: LogRankWeight = .logRank
  ) throws(TimeToEventError) {
    try weight.check()
    let riskSets = try RiskSets(sample, groups: groups, strata: strata)
    guard groups.count > 1 else { throw .tooFewGroups(groups.count) }
    guard groups.count <= Self.maximumGroups else {
      throw .tooManyGroups(groups.count, limit: Self.maximumGroups)
    }
    var sums = LogRankSums(groups: groups.count)
    riskSets.forEachMoment { sums.add($0, weight: weight.value($0.pooled)) }
    guard let form = sums.quadraticForm else { throw .nothingToCompare }
    self.groups = groups.labels
    self.weight = weight
    subjects = groups.places.map(\.count)
    (observed, expected, covariance) = (sums.observed, sums.expected, sums.covarianceMatrix.rows)
    (statistic, degreesOfFreedom) = form
  }

  /// Pr(χ² ≥ `statistic`).
  public var pValue: Double {
    chiSquareUpperTail(statistic, degreesOfFreedom: degreesOfFreedom)
  }
}
