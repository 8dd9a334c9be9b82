/// The chemotherapy-only reference at one decay rate of the kill.
package struct ReferenceAtRate: Sendable, Hashable {
  /// How often a test rejects although there is chemotherapy alone.
  package struct Size: Sendable, Hashable {
    package let test: String
    package let rejected: MonteCarloEstimate
  }

  package let calibration: Calibration
  package let shrinkingShare: ReferenceDistribution
  package let meanLateChange: ReferenceDistribution
  /// The share of simulated patients who contribute.
  package let contributingShare: MonteCarloEstimate
  /// The size of each test, in the order of the tests.
  package let sizes: [Size]
  package let level: Double

  package var decayPerDay: Double { calibration.decayPerDay }

  init(
    _ calibration: Calibration, _ splits: SimulatedSplits, contributors: Int, tests: [SplitTest],
    level: Double
  ) {
    let trials = splits.shrinkingShares.count
    self.calibration = calibration
    shrinkingShare = ReferenceDistribution(splits.shrinkingShares)
    meanLateChange = ReferenceDistribution(splits.meanLateChanges)
    contributingShare = MonteCarloEstimate(events: contributors * trials, of: splits.patients)
    sizes = zip(tests, splits.rejections).map { test, rejections in
      Size(test: test.name, rejected: MonteCarloEstimate(events: rejections, of: trials))
    }
    self.level = level
  }

  /// How likely at least as large a share still shrinking is under chemotherapy alone.
  package func pValue(shrinkingShare observed: Double) -> MonteCarloEstimate {
    shrinkingShare.pValue(atLeast: observed)
  }

  /// How likely at most as large a mean late change is under chemotherapy alone.
  package func pValue(meanLateChange observed: Double) -> MonteCarloEstimate {
    meanLateChange.pValue(atMost: observed)
  }
}
