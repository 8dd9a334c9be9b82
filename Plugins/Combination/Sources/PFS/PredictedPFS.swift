import TimeToEvent

/// What two parts' curves make of their combination at one correlation, and how an observed one
/// stands to it.
struct PredictedPFS: Sendable {
  let correlation: Double
  let independent: SurvivalFunction
  /// Of independent action, with the uncertainty of the parts' curves.
  let median: SurvivalQuantile
  /// Nil where no first scan is given.
  let additive: SurvivalFunction?
  /// Of the observed combination over independent action.
  let overIndependent: InteractionHazard?
  let overAdditive: InteractionHazard?

  init(
    _ first: ArmTimes, _ second: ArmTimes, observed: ArmTimes?, correlation: Double,
    firstScan: Double?, patients: Int, until horizon: Double, level: Double
  ) throws(TimeToEventError) {
    self.correlation = correlation
    let estimated = try EstimatedAction(
      first.estimate, second.estimate, correlation: correlation)
    let independent = estimated.action.combination
    median = try estimated.median(level: level)
    let additive = try firstScan.map { scan throws(TimeToEventError) in
      try AdditiveAction(first.curve, second.curve, firstScan: scan, correlation: correlation)
        .combination
    }
    func hazard(_ predicted: SurvivalFunction) throws(TimeToEventError) -> InteractionHazard? {
      guard let observed else { return nil }
      return try InteractionHazard(
        observed: observed.sample, predicted: predicted, patients: patients, until: horizon)
    }
    overIndependent = try hazard(independent)
    overAdditive = try additive.flatMap(hazard)
    (self.independent, self.additive) = (independent, additive)
  }

  /// Nil without an observed combination or without additivity.
  func verdict(level: Double) throws(TimeToEventError) -> CombinationVerdict? {
    guard let overIndependent, let overAdditive else { return nil }
    return CombinationVerdict(
      independent: .init(try overIndependent.coefficient.hazardRatioLimits(level: level)),
      additive: .init(try overAdditive.coefficient.hazardRatioLimits(level: level)))
  }
}
