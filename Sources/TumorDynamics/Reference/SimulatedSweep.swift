internal import TrialDesign

/// The same trials under several treatments.
///
/// A patient is drawn once and then followed under every treatment, which costs far less than
/// drawing anew and gives the same bits as simulating each treatment alone.
package struct SimulatedSweep: Sendable {
  package let arms: [SimulatedTrials]

  /// - Precondition: There is at least one arm, and the models of all agree but for the new-lesion
  ///   hazard and the share not evaluable.
  package init(_ arms: [SimulatedTrials]) {
    precondition(!arms.isEmpty, "there is nothing to simulate")
    self.arms = arms
  }

  /// Simulates trials on every core and judges each with the tests at `level`.
  ///
  /// The result depends on the seed and the replicates alone, never on `atATime` or the threads.
  ///
  /// - Parameters:
  ///   - replicates: The numbers of the trials.
  ///   - seed: The same seed gives the same bits.
  ///   - tests: What to judge each trial with.
  ///   - level: A test rejects where its *p*-value is at most this.
  ///   - atATime: How many trials make a piece of work.
  /// - Returns: What each arm gave, in the order of the arms.
  /// - Throws: ``TumorDynamicsError/tooFewContribute(share:)``, and `CancellationError`.
  package func splits(
    replicates: Range<Int>, seed: UInt64, tests: [SplitTest] = [], level: Double = 0.05,
    atATime: Int = 250
  ) async throws -> [SimulatedSplits] {
    let starts = Array(stride(from: replicates.lowerBound, to: replicates.upperBound, by: atATime))
    return try await withThrowingTaskGroup(of: (Int, [SimulatedSplits]).self) { group in
      for (place, start) in starts.enumerated() {
        let part = start..<min(start + atATime, replicates.upperBound)
        group.addTask {
          (place, try self.simulate(part, seed: seed, tests: tests, level: level))
        }
      }
      var parts = [[SimulatedSplits]](repeating: [], count: starts.count)
      for try await (place, part) in group { parts[place] = part }
      return arms.indices.map { arm in
        parts.reduce(into: SimulatedSplits(tests: tests.count)) { $0.append($1[arm]) }
      }
    }
  }

  private func simulate(
    _ replicates: Range<Int>, seed: UInt64, tests: [SplitTest], level: Double
  ) throws -> [SimulatedSplits] {
    var all = arms.map { _ in SimulatedSplits(tests: tests.count) }
    var trials = arms.map { _ in SplitChanges(early: [], late: []) }
    for replicate in replicates {
      try Task.checkCancellation()
      let taken = try fill(&trials, seed: seed, replicate: UInt64(replicate))
      for arm in arms.indices {
        all[arm].append(trials[arm], patients: taken[arm], tests: tests, level: level)
      }
    }
    return all
  }

  /// Simulates one trial of each arm and returns how many patients it took.
  func fill(
    _ trials: inout [SplitChanges], seed: UInt64, replicate: UInt64
  ) throws(TumorDynamicsError) -> [Int] {
    var drawn: [PatientEffects] = []
    drawn.reserveCapacity(2 * arms[0].contributors)
    let patients = arms[0].patients
    var taken: [Int] = []
    for (index, arm) in arms.enumerated() {
      var changes = SplitChanges(early: [], late: [])
      swap(&changes, &trials[index])
      changes.removeAll()
      var next = 0
      while changes.late.count < arm.contributors {
        guard next < arm.mostPatients else {
          throw .tooFewContribute(share: Double(changes.late.count) / Double(next))
        }
        if next == drawn.count {
          let stream = RandomStream(seed: seed, replicate: replicate, patient: next)
          drawn.append(patients.effects(stream))
        }
        if let found = arm.changes(drawn[next]) { changes.append(found) }
        next += 1
      }
      taken.append(next)
      swap(&changes, &trials[index])
    }
    return taken
  }
}

extension SimulatedTrials {
  /// As ``SimulatedSweep/splits(replicates:seed:tests:level:atATime:)``, for these trials alone.
  package func splits(
    replicates: Range<Int>, seed: UInt64, tests: [SplitTest] = [], level: Double = 0.05,
    atATime: Int = 250
  ) async throws -> SimulatedSplits {
    try await SimulatedSweep([self]).splits(
      replicates: replicates, seed: seed, tests: tests, level: level, atATime: atATime)[0]
  }
}
