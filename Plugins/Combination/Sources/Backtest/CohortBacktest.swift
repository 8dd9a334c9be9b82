import PluginKit
import PluginProtocol
import TimeToEvent

/// One trial of a data set: its combination's progression-free survival, predicted from its parts.
struct CohortBacktest: Sendable {
  let name: String
  let comparison: PFSComparison
  /// In days; of the observed combination.
  let observed: SurvivalQuantile
  /// In days; nil where it is not reached.
  let predicted: Double?
  /// Why there is no hazard ratio; nil where there is one.
  let noRatio: String?
  /// Hazard ratio over each prediction with its p-value adjusted over all trials that have one.
  var independent: Adjusted?
  var additive: Adjusted?

  struct Adjusted: Sendable {
    let hazard: InteractionHazard
    let falseDiscoveryRate: Double

    func standing(error: Double) -> CombinationVerdict.Standing {
      .init(
        hazardRatio: hazard.coefficient.hazardRatio, pValue: falseDiscoveryRate, error: error)
    }
  }

  /// The arms a cohort must have.
  static let roles = ["first", "second", "combination"]

  init(
    _ name: String, _ reader: ArmReader, _ settings: PFSSettings, _ context: RunContext
  ) throws {
    let arms = try Self.roles.map { try reader.arm($0, inCohort: name) }
    self.name = name
    (comparison, noRatio) = try Self.comparison(arms, settings, context)
    observed = try KaplanMeier(arms[2].sample).median(level: settings.level)
    predicted = comparison.quoted.independent.median
  }

  /// A median needs no hazard ratio: where there is none, it is predicted all the same.
  private static func comparison(
    _ arms: [ArmTimes], _ settings: PFSSettings, _ context: RunContext
  ) throws -> (PFSComparison, noRatio: String?) {
    do {
      return (try PFSComparison(arms[0], arms[1], arms[2], settings, context), nil)
    } catch let refusal as Refusal where refusal.kind == PFSComparison.unusable {
      return (try PFSComparison(arms[0], arms[1], nil, settings, context), refusal.message)
    }
  }

  /// Whether the predicted median lies within the limits of the observed one; nil where that has
  /// none, so that nothing could be outside, and where the predicted curve ends before it could tell.
  ///
  /// A predicted median that is not reached comes after the day the predicted curve is known to.
  var isCovered: Bool? {
    guard let lower = observed.lower else { return nil }
    if let predicted { return predicted >= lower && predicted <= observed.upper ?? .infinity }
    let known = comparison.quoted.independent.knownTo
    guard let upper = observed.upper else { return known >= lower ? true : nil }
    return known >= upper ? false : nil
  }

  /// By adjusted p-values; nil without additivity.
  func verdict(level: Double) -> CombinationVerdict? {
    guard let independent, let additive else { return nil }
    return CombinationVerdict(
      independent: independent.standing(error: 1 - level),
      additive: additive.standing(error: 1 - level))
  }

  /// The same trials with their p-values adjusted over all of them.
  static func adjusted(_ trials: [Self]) -> [Self] {
    var trials = trials
    let over = rates(trials.map(\.comparison.quoted.overIndependent))
    let added = rates(trials.map(\.comparison.quoted.overAdditive))
    for index in trials.indices {
      (trials[index].independent, trials[index].additive) = (over[index], added[index])
    }
    return trials
  }

  private static func rates(_ hazards: [InteractionHazard?]) -> [Adjusted?] {
    let known = hazards.compactMap(\.self)
    var rates = falseDiscoveryRates(known.map { $0.coefficient.pValue() }).makeIterator()
    return hazards.map { hazard in
      guard let hazard, let rate = rates.next() else { return nil }
      return Adjusted(hazard: hazard, falseDiscoveryRate: rate)
    }
  }
}
