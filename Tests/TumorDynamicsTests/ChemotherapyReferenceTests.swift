import Foundation
import RECIST
import Testing
import TrialDesign

@testable import TumorDynamics

struct ChemotherapyReferenceTests {
  private func reference(
    _ rate: Double = 0.39, days: [Int] = [84, 168], early: Int = 84, late: Int = 168,
    patients: Int = 10, decayRates: [Double] = [0.008, 0.0193], replicates: Int = 60,
    rule: SplitRule = .scannedAtBoth, model: ChemotherapyModel = .standard
  ) throws -> ChemotherapyReference {
    try ChemotherapyReference(
      responseRate: rate, scanDays: days, earlyDay: early, lateDay: late, patients: patients,
      decayRates: decayRates, replicates: replicates, seed: 3, model: model, rule: rule,
      calibrationPatients: 500)
  }

  private func trials(_ rule: SplitRule = .scannedAtBoth) throws -> SimulatedTrials {
    try SimulatedTrials(
      of: VirtualPatients(
        .standard, under: Treatment(killPerDay: 0.009, decayPerDay: 0.0193),
        schedule: ScanSchedule([42, 84, 126, 168])), earlyDay: 84, lateDay: 168, contributors: 8,
      rule: rule)
  }

  @Test("gives the same bits however trials are shared out")
  func sharing() async throws {
    let trials = try trials()
    let tests = [SplitTest("mean") { $0.meanLateChange < 0 ? 0 : 1 }]
    let whole = try await trials.splits(
      replicates: 0..<41, seed: 7, tests: tests, atATime: 1_000)
    for atATime in [1, 3, 40, 41] {
      #expect(
        try await trials.splits(replicates: 0..<41, seed: 7, tests: tests, atATime: atATime)
          == whole)
    }
    var joined = try await trials.splits(replicates: 0..<17, seed: 7, tests: tests)
    joined.append(try await trials.splits(replicates: 17..<41, seed: 7, tests: tests))
    #expect(joined == whole)
    #expect(try await trials.splits(replicates: 0..<41, seed: 8, tests: tests) != whole)
  }

  @Test(
    "the patients of a trial are those of a longer list who contribute",
    arguments: SplitRule.allCases)
  func contributors(rule: SplitRule) async throws {
    let trials = try trials(rule)
    var filled = [SplitChanges(early: [], late: [])]
    let taken = try SimulatedSweep([trials]).fill(&filled, seed: 7, replicate: 5)[0]
    let changes = filled[0]
    var expected = SplitChanges(early: [], late: [])
    for patient in 0..<taken {
      let stream = RandomStream(seed: 7, replicate: 5, patient: patient)
      let scans = trials.patients.scans(stream)
      guard scans.count == 4 else { continue }
      if rule == .progressionFree, scans[3].response == .progressiveDisease { continue }
      let baseline = trials.patients.patient(stream).baseline
      expected.early.append(log(Double(scans[1].millimeters) / Double(baseline)))
      expected.late.append(log(Double(scans[3].millimeters) / Double(scans[1].millimeters)))
    }
    #expect(changes == expected)
    #expect(changes.late.count == 8)
  }

  @Test("several arms at once give the bits of each alone")
  func arms() async throws {
    let tests = [SplitTest("mean") { $0.meanLateChange < 0 ? 0 : 1 }]
    let arms = try [SplitRule.scannedAtBoth, .progressionFree].flatMap { rule in
      try [0.003, 0.009, 0.02].map { kill in
        try SimulatedTrials(
          of: VirtualPatients(
            .make(hazard: kill / 5), under: Treatment(killPerDay: kill, decayPerDay: kill),
            schedule: ScanSchedule([42, 84, 126, 168])), earlyDay: 84, lateDay: 168,
          contributors: 8, rule: rule)
      }
    }
    let together = try await SimulatedSweep(arms).splits(
      replicates: 0..<30, seed: 7, tests: tests)
    for (arm, splits) in zip(arms, together) {
      #expect(try await arm.splits(replicates: 0..<30, seed: 7, tests: tests) == splits)
    }
  }

  @Test("leaving out those with PD at the late scan leaves smaller changes")
  func rules() async throws {
    let both = try await trials(.scannedAtBoth).splits(replicates: 0..<100, seed: 7)
    let free = try await trials(.progressionFree).splits(replicates: 0..<100, seed: 7)
    #expect(free.meanLateChanges.reduce(0, +) < both.meanLateChanges.reduce(0, +) - 1)
    #expect(free.patients > both.patients)
  }

  @Test("a slower decay leaves more patients shrinking, and p-values point the right way")
  func sweep() async throws {
    let tests = [
      SplitTest("always") { _ in 0.05 }, SplitTest("never") { _ in 0.0501 },
      SplitTest("half") { $0.late[0] < $0.late[1] ? 0 : 1 },
    ]
    let sweep = try await reference().sweep(tests: tests)
    #expect(sweep.map(\.decayPerDay) == [0.008, 0.0193])
    #expect(sweep[0].shrinkingShare.mean > sweep[1].shrinkingShare.mean + 0.1)
    #expect(sweep[0].calibration.killPerDay < sweep[1].calibration.killPerDay)
    for rate in sweep {
      #expect(rate.pValue(shrinkingShare: 0).value == 1)
      #expect(rate.pValue(shrinkingShare: 1.01).value == 1 / 61.0)
      #expect(rate.pValue(meanLateChange: -10).value == 1 / 61.0)
      #expect(rate.pValue(meanLateChange: 10).value == 1)
      #expect(
        rate.pValue(shrinkingShare: 0.8).value <= rate.pValue(shrinkingShare: 0.6).value)
      #expect(rate.sizes.map(\.test) == ["always", "never", "half"])
      #expect(rate.sizes[0].rejected.value == 1)
      #expect(rate.sizes[1].rejected.value == 0)
      #expect((rate.sizes[2].rejected.value - 0.5).magnitude < 0.35)
      #expect(rate.contributingShare.value > 0.4 && rate.contributingShare.value < 1)
    }
    #expect(sweep[0].pValue(shrinkingShare: 0.7).value > sweep[1].pValue(shrinkingShare: 0.7).value)
  }

  @Test("a p-value has the share of its distribution and that share's error")
  func pValues() {
    let values = [0.3, 0.1, 0.2, 0.2, 0.4]
    let distribution = ReferenceDistribution(values)
    for observed in [0.05, 0.1, 0.15, 0.2, 0.25, 0.4, 0.5] {
      let atMost = Double(values.count { $0 <= observed } + 1) / 6
      let atLeast = Double(values.count { $0 >= observed } + 1) / 6
      #expect(distribution.pValue(atMost: observed).value == atMost)
      #expect(distribution.pValue(atLeast: observed).value == atLeast)
      #expect(
        distribution.pValue(atMost: observed).standardError
          == (atMost * (1 - atMost) / 6).squareRoot())
    }
    #expect(
      [0, 0.2, 0.21, 0.6, 0.61, 1].map { distribution.quantile($0) } == [
        0.1, 0.1, 0.2, 0.2, 0.3, 0.4,
      ])
    #expect((distribution.mean - 0.24).magnitude < 1e-15)
  }

  @Test("refuses before it simulates")
  func refusals() throws {
    #expect(throws: TumorDynamicsError.dayWithoutScan(day: 84, scanDays: [63, 119])) {
      try reference(days: [63, 119], late: 119)
    }
    #expect(throws: TumorDynamicsError.windowsOutOfOrder(early: 168, late: 84)) {
      try reference(early: 168, late: 84)
    }
    #expect(throws: TumorDynamicsError.tooFewPatients(1)) { try reference(patients: 1) }
    #expect(throws: TumorDynamicsError.tooFewReplicates(1)) { try reference(replicates: 1) }
    #expect(throws: TumorDynamicsError.noDecayRates) { try reference(decayRates: []) }
    #expect(throws: TumorDynamicsError.rateOutOfRange(1.2)) { try reference(1.2) }
    #expect(throws: TumorDynamicsError.unusableConstant(name: "the decay rate", value: -1)) {
      try reference(decayRates: [0.01, -1])
    }
  }

  @Test("gives up on a trial that would never fill")
  func neverFills() async throws {
    let trials = try SimulatedTrials(
      of: VirtualPatients(
        .make(hazard: 1), under: Treatment(killPerDay: 0.009, decayPerDay: 0.0193),
        schedule: ScanSchedule([84, 168])), earlyDay: 84, lateDay: 168, contributors: 8)
    await #expect(throws: TumorDynamicsError.tooFewContribute(share: 0)) {
      try await trials.splits(replicates: 0..<2, seed: 1)
    }
  }

  @Test("ends when it is cancelled")
  func cancellation() async throws {
    let reference = try reference(replicates: 1_000_000)
    let task = Task { try await reference.sweep() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
