/// What many simulated trials showed: parts of any size merge, in any order, to the same bits.
package struct TrialTally: Sendable, Hashable, Codable {
  package private(set) var replicates = 0
  package private(set) var arms: [ArmTally]
  /// How often each test rejected.
  package private(set) var rejections: [Int]

  /// Nothing yet.
  package init(arms: [ArmTally], tests: Int) {
    self.arms = arms
    rejections = [Int](repeating: 0, count: tests)
  }

  mutating func add(_ trial: [[PatientOutcome]], pValues: [Double], level: Double) {
    replicates += 1
    for (arm, outcomes) in trial.enumerated() { arms[arm].add(outcomes) }
    for (test, pValue) in pValues.enumerated() where pValue <= level { rejections[test] += 1 }
  }

  /// - Precondition: The same arms and tests.
  package mutating func merge(_ other: Self) {
    precondition(
      other.arms.count == arms.count && other.rejections.count == rejections.count,
      "tallies of the same arms and tests")
    replicates += other.replicates
    for arm in arms.indices { arms[arm].merge(other.arms[arm]) }
    for test in rejections.indices { rejections[test] += other.rejections[test] }
  }

  /// How often a test rejects: its power, or its size where the arms do not differ.
  package func rejected(byTest test: Int) -> MonteCarloEstimate {
    MonteCarloEstimate(events: rejections[test], of: replicates)
  }
}
