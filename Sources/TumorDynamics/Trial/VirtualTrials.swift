/// Trials with arms of virtual patients, simulated many times and analyzed each.
package struct VirtualTrials: Sendable {
  package let arms: [VirtualArm]
  package let patientsPerArm: [Int]
  package let tests: [TrialTest]
  /// A test rejects where its *p*-value is at most this.
  package let level: Double
  private let splits: [SplitTally?]

  /// - Parameters:
  ///   - arms: The arms.
  ///   - patientsPerArm: Their sizes.
  ///   - tests: What to judge each trial with.
  ///   - level: A test rejects where its *p*-value is at most this.
  ///   - split: Planned scan days that end the early and the late window of a temporal split.
  /// - Precondition: As many sizes as arms.
  /// - Throws: ``TumorDynamicsError/tooFewPatients(_:)`` for an arm of fewer than two, and for a
  ///   split on days without a scan.
  package init(
    _ arms: [VirtualArm], patientsPerArm: [Int], tests: [TrialTest] = [], level: Double = 0.05,
    split: (earlyDay: Int, lateDay: Int)? = nil
  ) throws(TumorDynamicsError) {
    precondition(arms.count == patientsPerArm.count, "a size for each arm")
    for size in patientsPerArm where size < 2 { throw .tooFewPatients(size) }
    self.arms = arms
    self.patientsPerArm = patientsPerArm
    self.tests = tests
    self.level = level
    splits = try arms.map { arm throws(TumorDynamicsError) in
      guard let split else { return nil }
      guard split.earlyDay < split.lateDay else {
        throw .windowsOutOfOrder(early: split.earlyDay, late: split.lateDay)
      }
      let schedule = arm.conduct.schedule
      return SplitTally(
        early: try schedule.index(of: split.earlyDay), late: try schedule.index(of: split.lateDay))
    }
  }

  /// One trial, its arms in order.
  ///
  /// Patients of different arms are different people: an arm's patients follow those of the arms
  /// before it.
  package func trial(seed: UInt64, replicate: UInt64) -> [[PatientOutcome]] {
    var first = 0
    return zip(arms, patientsPerArm).map { arm, size in
      defer { first += size }
      return arm.outcomes(of: first..<first + size, seed: seed, replicate: replicate)
    }
  }

  /// Simulates the trials with these numbers, on as many cores as there are.
  ///
  /// - Throws: What a test throws, and `CancellationError` soon after the task was canceled.
  package func tally(
    replicates: Range<Int>, seed: UInt64, atATime: Int = 50,
    progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> TrialTally {
    try await withThrowingTaskGroup(of: TrialTally.self) { group in
      for start in stride(from: replicates.lowerBound, to: replicates.upperBound, by: atATime) {
        let part = start..<min(start + atATime, replicates.upperBound)
        group.addTask { try tallyOnOneCore(replicates: part, seed: seed) }
      }
      var whole = emptyTally
      for try await part in group {
        whole.merge(part)
        progress(whole.replicates)
      }
      return whole
    }
  }

  package var emptyTally: TrialTally {
    TrialTally(
      arms: zip(arms, splits).map { arm, split in
        ArmTally(scans: arm.conduct.schedule.days.count, split: split)
      }, tests: tests.count)
  }

  private func tallyOnOneCore(replicates: Range<Int>, seed: UInt64) throws -> TrialTally {
    var tally = emptyTally
    for replicate in replicates {
      try Task.checkCancellation()
      let trial = trial(seed: seed, replicate: UInt64(replicate))
      tally.add(trial, pValues: try tests.map { try $0.pValue(trial) }, level: level)
    }
    return tally
  }
}
