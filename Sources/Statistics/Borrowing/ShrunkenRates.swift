/// The rates of exchangeable groups, each drawn toward the others (an empirical check on the best
/// and the worst looking ones).
///
/// The groups' logits are normal about a common mean with standard deviation τ, both with the
/// priors of ``MetaAnalyticPrior``. The posterior of one group's rate is what the other groups
/// predict for it, updated by its own count.
///
/// ## References
///
/// - Jones HE, Ohlssen DI, Neuenschwander B, Racine A, Branson M (2011). Bayesian models for
///   subgroup analysis in clinical trials. *Clin Trials* 8:129–143.
public struct ShrunkenRates: Sendable {
  public let groups: [ResponseCount]
  /// The posterior of each group's rate.
  public let densities: [RateDensity]
  /// The standard deviation τ between groups, from all of them.
  public let heterogeneity: HeterogeneitySummary

  /// The most groups; the work grows with their square.
  public static let maximumGroups = 40

  /// - Throws: ``StatisticsError/tooFewControls(_:needed:method:)`` with fewer than two groups,
  ///   ``StatisticsError/tooManyGroups(_:limit:)`` with more than ``maximumGroups``.
  public init(
    _ groups: [ResponseCount], mean: MeanPrior = .standard,
    heterogeneity: HeterogeneityPrior = .standard
  ) throws(StatisticsError) {
    guard groups.count >= 2 else {
      throw .tooFewControls(groups.count, needed: 2, method: "shrinkage")
    }
    guard groups.count <= Self.maximumGroups else {
      throw .tooManyGroups(groups.count, limit: Self.maximumGroups)
    }
    self.groups = groups
    try heterogeneity.check()
    self.heterogeneity = HeterogeneitySummary(
      HierarchyQuadrature(groups, mean: mean, heterogeneity: heterogeneity, resolution: 1))
    var densities: [RateDensity] = []
    for index in groups.indices {
      var others = groups
      let own = others.remove(at: index)
      let prior = try MetaAnalyticPrior(others, mean: mean, heterogeneity: heterogeneity)
      densities.append(prior.density.updated(by: own).posterior)
    }
    self.densities = densities
  }
}
