/// A test that the hazard ratios of groups are the same in all subgroups.
///
/// Twice the difference in log likelihood between a Cox model of groups, subgroups and their products
/// and one without the products, as R's `anova(coxph(… ~ group + sub), coxph(… ~ group * sub))`.
/// Subgroups that lack one of two groups say nothing of the interaction and cost no degree of freedom,
/// as in R. It has little power in trials sized for the effect in all: that it is not significant does not show
/// that the effect is the same everywhere.
///
/// ## References
///
/// - Wang R, Lagakos SW, Ware JH, Hunter DJ, Drazen JM (2007). Statistics in medicine: reporting of
///   subgroup analyses in clinical trials. *N Engl J Med* 357:2189–2194.
public struct InteractionTest: Sendable, Hashable {
  public let test: ChiSquareTest

  /// - Throws: as ``CoxModel``; ``TimeToEventError/tooFewSubgroups(_:)``; and
  ///   ``TimeToEventError/dependentColumn(_:)`` where a subgroup lacks one of more than two groups, or
  ///   events that tell groups apart.
  public init(
    _ sample: EventTimes, groups: Grouping, subgroups: Grouping, strata: Grouping? = nil,
    ties: CoxTies = .efron
  ) throws(TimeToEventError) {
    let whole = Self.wholeSubgroups(subgroups, groups)
    guard let reference = whole.first, whole.count > 1 else {
      throw .tooFewSubgroups(whole.count)
    }
    let main = [
      try Covariate("group", groups), try Covariate("subgroup", subgroups, reference: reference),
    ]
    let names = Set(whole.dropFirst().map { subgroups.labels[$0] })
    var products: [Covariate] = []
    for group in main[0].columns {
      for subgroup in main[1].columns where names.contains(subgroup.name) {
        products.append(
          try Covariate(
            "\(group.name), \(subgroup.name)", zip(group.values, subgroup.values).map { $0 * $1 }))
      }
    }
    let without = try CoxModel(sample, main, strata: strata, ties: ties)
    let with = try CoxModel(sample, main + products, strata: strata, ties: ties)
    test = ChiSquareTest(
      statistic: max(2 * (with.logLikelihood - without.logLikelihood), 0),
      degreesOfFreedom: products.count)
  }

  /// The subgroups with both of two groups; of more groups, all.
  private static func wholeSubgroups(_ subgroups: Grouping, _ groups: Grouping) -> [Int] {
    guard groups.count == 2 else { return Array(subgroups.labels.indices) }
    let places = subgroups.places
    return places.indices.filter { Set(places[$0].map { groups.codes[$0] }).count == 2 }
  }
}
