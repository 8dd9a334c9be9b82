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
