import Statistics

/// What was observed of a combination beside one control and the agent alone.
struct ObservedCombination: Sendable {
  let arm: PublishedArm
  let excess: CombinationExcess
  let bootstrapPValue: Double
  let posteriorProbability: Double
  /// The agent's rate alone at which independence gives what was observed.
  let impliedRate: Double?
  /// Two-sided, Pearson's chi-square without correction, as the published p-value seems to be.
  let chiSquarePValue: Double

  init(_ observed: ResponseCount, _ arm: PublishedArm, agent: ResponseCount) throws {
    self.arm = arm
    excess = CombinationExcess(
      combination: observed, first: arm.count, second: agent, null: .bliss)
    bootstrapPValue = try excess.bootstrapPValue()
    posteriorProbability = excess.posteriorProbability
    impliedRate = ResponseNull.bliss.impliedRate(of: observed.rate, beside: arm.count.rate)
    let table = ContingencyTable(treated: observed, control: arm.count)
    chiSquarePValue = try TwoSampleTest(table).result(.chiSquare).pValue
  }
}
