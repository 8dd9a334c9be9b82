import Foundation
import RECIST
import ReferenceTesting
import Testing

@testable import TumorDynamics

struct VirtualTrialsTests {
  private func trials(tests: [TrialTest] = []) throws -> VirtualTrials {
    var treatment = VirtualArmTests.claret(0.006)
    let conduct = try VirtualArmTests.conduct(window: 3, dropout: 0.0005)
    let control = try VirtualArm(
      .make(notEvaluable: 0.05), under: treatment, conduct: conduct)
    treatment.immune = ImmuneKill(killPerDay: 0.009, signal: VirtualArmTests.signal)
    return try VirtualTrials(
      [control, VirtualArm(.make(notEvaluable: 0.05), under: treatment, conduct: conduct)],
      patientsPerArm: [20, 30], tests: tests, split: (56, 168))
  }

  private static let moreResponders = TrialTest("more responders") { arms in
    let rates = arms.map { arm in
      Double(arm.count { $0.best.isObjectiveResponse }) / Double(arm.count)
    }
    return rates[1] > rates[0] ? 0.01 : 1
  }

  @Test("give the same bits in 1, 2 or 7 parts merged in any order")
  func shards() async throws {
    let trials = try trials(tests: [Self.moreResponders])
    let whole = try await trials.tally(replicates: 0..<42, seed: 5)
    for count in [1, 2, 7] {
      var parts: [TrialTally] = []
      for part in 0..<count {
        let own = 42 / count
        let tally = try await trials.tally(
          replicates: part * own..<(part + 1) * own, seed: 5, atATime: 4)
        // As a shard's answer travels.
        parts.append(
          try JSONDecoder().decode(TrialTally.self, from: try JSONEncoder().encode(tally)))
      }
      for order in [parts, parts.reversed()] {
        #expect(order.reduce(into: trials.emptyTally) { $0.merge($1) } == whole)
      }
    }
    #expect(try await trials.tally(replicates: 0..<42, seed: 6) != whole)
  }

  @Test("count what the trials show")
  func counts() async throws {
    let trials = try trials(tests: [Self.moreResponders])
    let tally = try await trials.tally(replicates: 3..<9, seed: 5)
    let all = (3..<9).map { trials.trial(seed: 5, replicate: UInt64($0)) }
    for arm in 0...1 {
      let patients = all.flatMap { $0[arm] }
      let found = tally.arms[arm]
      #expect(found.patients == patients.count)
      #expect(found.evaluable == patients.count(where: \.isEvaluable))
      #expect(found.responders == patients.count { $0.best.isObjectiveResponse })
      #expect(found.best.values.reduce(0, +) == patients.count)
      #expect(found.best["PR"] == found.responders)
      #expect(found.progressed.reduce(0, +) == patients.count { $0.progression.by != nil })
      let changes = patients.compactMap { patient in
        patient.scans.first.map { log(Double($0.millimeters) / Double(patient.baseline)) }
      }
      let mean = try #require(found.meanLogChange(atScan: 0))
      #expect((mean - changes.reduce(0, +) / Double(changes.count)).magnitude < 1e-14)
    }
    let splits = all.map { trial in trial[1].compactMap { $0.changes(early: 0, late: 2) } }
    let split = try #require(tally.arms[1].split)
    #expect(split.contributors == splits.reduce(0) { $0 + $1.count })
    let shrinking = splits.map { $0.count { $0.late < 0 } }
    #expect(split.shrinkingLate == shrinking.reduce(0, +))
    #expect(split.trials["\(shrinking[0])/\(splits[0].count)", default: 0] >= 1)
    let late = splits.flatMap { $0.map(\.late) }
    let mean = try #require(split.meanChanges?.late)
    #expect((mean - late.reduce(0, +) / Double(late.count)).magnitude < 1e-14)
    let wins = all.count { (try? Self.moreResponders.pValue($0)) == 0.01 }
    #expect(tally.rejected(byTest: 0) == MonteCarloEstimate(events: wins, of: 6))
    #expect(tally.replicates == 6)
  }

  @Test("hold different people in their arms")
  func different() throws {
    let arm = try VirtualArm(
      .standard, under: VirtualArmTests.claret(0.006), conduct: VirtualArmTests.conduct())
    let trial = try VirtualTrials([arm, arm], patientsPerArm: [10, 10]).trial(seed: 1, replicate: 0)
    #expect(trial[0] != trial[1])
    #expect(trial[1] == arm.outcomes(of: 10..<20, seed: 1, replicate: 0))
  }

  @Test("a temporal split needs both scans and no PD up to the late one")
  func changes() {
    func outcome(_ sizes: [Int], last: ResponseCategory = .stableDisease) -> PatientOutcome {
      PatientOutcome(
        baseline: 100,
        scans: sizes.enumerated().map { index, size in
          .init(
            index: index, day: 84 * (index + 1), millimeters: size,
            response: index == sizes.count - 1 ? last : .stableDisease)
        }, rules: BestResponseRules())
    }
    let changes = outcome([80, 60]).changes(early: 0, late: 1)
    #expect(changes?.early == log(0.8))
    #expect(changes?.late == log(0.75))
    #expect(outcome([80]).changes(early: 0, late: 1) == nil)
    #expect(outcome([80, 100], last: .progressiveDisease).changes(early: 0, late: 1) == nil)
  }

  @Test("progression-free shares are the product over scans, and pass one half on a straight line")
  func shares() throws {
    var tally = ArmTally(scans: 2)
    func patient(_ responses: [ResponseCategory]) -> PatientOutcome {
      PatientOutcome(
        baseline: 50,
        scans: responses.enumerated().map { index, response in
          .init(index: index, day: 56 * (index + 1), millimeters: 50, response: response)
        }, rules: BestResponseRules())
    }
    let (free, progressed) = (ResponseCategory.stableDisease, ResponseCategory.progressiveDisease)
    // One leaves after the first scan: 5 of 6, then 2 of 4.
    tally.add([
      patient([progressed]), patient([free]), patient([free, free]), patient([free, free]),
      patient([free, progressed]), patient([free, progressed]), patient([]),
    ])
    let first = 5 / 6.0
    #expect(tally.progressionFreeShares == [first, first * 0.5])
    let schedule = try ScanSchedule([56, 112])
    let median = try #require(tally.medianProgressionDay(on: schedule))
    #expect(median.agrees(with: 100.8, within: 1e-14))
    #expect(ArmTally(scans: 2).medianProgressionDay(on: schedule) == nil)
  }

  @Test("stop when they are canceled")
  func cancel() async throws {
    let trials = try trials()
    let work = Task { try await trials.tally(replicates: 0..<1_000_000, seed: 1) }
    work.cancel()
    await #expect(throws: CancellationError.self) { try await work.value }
  }

  @Test("an exact sum does not depend on the order")
  func exactSum() throws {
    let numbers = [0.1, 1e9, -1e9, 1e-9, -0.3, 7]
    var forth = ExactSum()
    var back = ExactSum()
    for number in numbers { forth.add(number) }
    for number in numbers.reversed() { back.add(number) }
    #expect(forth == back)
    #expect((forth.value - 6.800_000_001).magnitude < 1e-15)
    var negative = ExactSum()
    negative.add(-2.5)
    let decoded = try JSONDecoder().decode(ExactSum.self, from: JSONEncoder().encode(negative))
    #expect(decoded.value == -2.5)
  }

  @Test("progression lies between the last scan without and the first with it")
  func progression() {
    func scan(_ day: Int, _ response: ResponseCategory) -> PatientOutcome.Scan {
      .init(index: 0, day: day, millimeters: 50, response: response)
    }
    func interval(_ scans: [PatientOutcome.Scan]) -> ProgressionInterval {
      PatientOutcome(baseline: 50, scans: scans, rules: BestResponseRules()).progression
    }
    #expect(interval([]) == ProgressionInterval(after: 0, by: nil))
    #expect(interval([scan(56, .progressiveDisease)]) == ProgressionInterval(after: 0, by: 56))
    #expect(
      interval([scan(56, .stableDisease), scan(112, .progressiveDisease)])
        == ProgressionInterval(after: 56, by: 112))
    #expect(interval([scan(56, .stableDisease)]) == ProgressionInterval(after: 56, by: nil))
  }
}
