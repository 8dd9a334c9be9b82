/// What many simulated trials gave, replicate by replicate.
package struct SimulatedSplits: Sendable, Hashable {
  package private(set) var shrinkingShares: [Double] = []
  package private(set) var meanLateChanges: [Double] = []
  /// How many trials each test rejected in, in the order of the tests.
  package private(set) var rejections: [Int]
  /// How many patients were simulated in all.
  package private(set) var patients = 0

  init(tests: Int) {
    rejections = [Int](repeating: 0, count: tests)
  }

  mutating func append(_ changes: SplitChanges, patients: Int, tests: [SplitTest], level: Double) {
    shrinkingShares.append(changes.shrinkingShare)
    meanLateChanges.append(changes.meanLateChange)
    self.patients += patients
    for (index, test) in tests.enumerated() where test.pValue(changes) <= level {
      rejections[index] += 1
    }
  }

  mutating func append(_ other: Self) {
    shrinkingShares += other.shrinkingShares
    meanLateChanges += other.meanLateChanges
    patients += other.patients
    for index in rejections.indices { rejections[index] += other.rejections[index] }
  }
}

extension SimulatedTrials {
  /// Simulates trials on every core and judges each with the tests at `level`.
  ///
  /// The result depends on the seed and the replicates alone, never on `atATime` or the threads.
  ///
  /// - Throws: ``TumorDynamicsError/tooFewContribute(share:)``, and `CancellationError`.
  package func splits(
    replicates: Range<Int>, seed: UInt64, tests: [SplitTest] = [], level: Double = 0.05,
    atATime: Int = 250
  ) async throws -> SimulatedSplits {
    let starts = Array(stride(from: replicates.lowerBound, to: replicates.upperBound, by: atATime))
    return try await withThrowingTaskGroup(of: (Int, SimulatedSplits).self) { group in
      for (place, start) in starts.enumerated() {
        let part = start..<min(start + atATime, replicates.upperBound)
        group.addTask {
          (place, try self.simulate(part, seed: seed, tests: tests, level: level))
        }
      }
      var parts = [SimulatedSplits?](repeating: nil, count: starts.count)
      for try await (place, part) in group { parts[place] = part }
      return parts.reduce(into: SimulatedSplits(tests: tests.count)) { all, part in
        if let part { all.append(part) }
      }
    }
  }

  private func simulate(
    _ replicates: Range<Int>, seed: UInt64, tests: [SplitTest], level: Double
  ) throws -> SimulatedSplits {
    var all = SimulatedSplits(tests: tests.count)
    var changes = SplitChanges(early: [], late: [])
    for replicate in replicates {
      try Task.checkCancellation()
      guard
        let patients = simulate(seed: seed, replicate: UInt64(replicate), into: &changes)
      else { throw TumorDynamicsError.tooFewContribute(share: contributingShare(changes)) }
      all.append(changes, patients: patients, tests: tests, level: level)
    }
    return all
  }

  private func contributingShare(_ unfilled: SplitChanges) -> Double {
    Double(unfilled.late.count) / Double(100 * contributors + 1_000)
  }
}
