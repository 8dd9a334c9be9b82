import RECIST
import Statistics
import TimeToEvent
import TumorDynamics

extension VirtualTrials {
  /// Trials of 2 × 60 patients, 30 doses in one arm and 18 in the other, scans every eight weeks
  /// with windows, each analyzed by Fisher's exact test of response and a log-rank test.
  static func compared() throws -> Self {
    let conduct = TrialConduct(
      schedule: try ScanSchedule([56, 112, 168]), windowDays: 7, dropoutHazard: 0.0005)
    let combined = try CombinationTreatment.dosed()
    var control = combined
    control.immune = nil
    return try VirtualTrials(
      [
        VirtualArm(.standard, under: control, conduct: conduct),
        VirtualArm(.standard, under: combined, conduct: conduct),
      ], patientsPerArm: [60, 60],
      tests: [
        TrialTest("Fisher's test of response") { arms in
          let counts = try arms.map { arm in
            try ResponseCount(
              responders: arm.count { $0.best.isObjectiveResponse }, patients: arm.count)
          }
          return try TwoSampleTest(ContingencyTable(treated: counts[1], control: counts[0]))
            .pValue(.fisher)
        },
        TrialTest("log-rank test of progression", pValue: logRank),
      ])
  }

  @Sendable
  private static func logRank(_ arms: [[PatientOutcome]]) throws -> Double {
    let times = arms.flatMap { $0.map { Double($0.progression.by ?? $0.progression.after) } }
    let occurred = arms.flatMap { $0.map { $0.progression.by != nil } }
    let codes = arms.enumerated().flatMap { arm, patients in patients.map { _ in arm } }
    return try LogRankTest(
      EventTimes(times: times, occurred: occurred),
      groups: Grouping(codes: codes, labels: ["control", "combination"])
    ).pValue
  }

  /// Prints how long 10,000 of them take, and how often each test rejects.
  static func measure() async throws {
    let trials = try compared()
    let clock = ContinuousClock()
    let start = clock.now
    let tally = try await trials.tally(replicates: 0..<10_000, seed: 1)
    let seconds = (clock.now - start) / .seconds(1)
    print("10000 trials of 2 x 60, each to two p-values, on all cores")
    print("  doublet" + String(repeating: " ", count: 27) + "\((seconds * 100).rounded() / 100) s")
    for (index, test) in trials.tests.enumerated() {
      print("    \(test.name) rejects \(tally.rejected(byTest: index).value)")
    }
  }
}
