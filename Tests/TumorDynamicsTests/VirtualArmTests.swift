import Foundation
import RECIST
import ReferenceTesting
import Testing
import TrialDesign

@testable import TumorDynamics

struct VirtualArmTests {
  static func conduct(
    _ days: [Int] = [56, 112, 168], window: Int = 0, nonTarget: Double = 0, dropout: Double = 0,
    error: Double = 0, standard: ResponseStandard = .recist1_1,
    rules: BestResponseRules = BestResponseRules(missingIsNotEvaluable: true)
  ) throws -> TrialConduct {
    TrialConduct(
      schedule: try ScanSchedule(days), windowDays: window, errorMillimeters: error,
      nonTargetHazard: nonTarget, dropoutHazard: dropout, standard: standard, rules: rules)
  }

  static func claret(_ kill: Double, decay: Double = 0.0193) -> CombinationTreatment {
    CombinationTreatment(
      drugs: [DosedDrug("A", killPerDay: kill, decayPerDay: decay, exposure: .constant)])
  }

  /// The source trial's injections, days 2 and 16 of six cycles.
  static let signal = ImmuneSignal(.injections(.cycles(6, ofDays: 28, on: [2, 16])))

  private func outcomes(
    _ model: ChemotherapyModel, _ treatment: CombinationTreatment, _ conduct: TrialConduct,
    count: Int = 4_000, seed: UInt64 = 3
  ) throws -> [PatientOutcome] {
    try VirtualArm(model, under: treatment, conduct: conduct)
      .outcomes(of: 0..<count, seed: seed, replicate: 0)
  }

  /// Five standard errors: wrong once in two million.
  private func expect(
    _ events: Int, of count: Int, share: Double,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let error = (share * (1 - share) / Double(count)).squareRoot()
    #expect(
      (Double(events) / Double(count) - share).magnitude < 5 * error, "\(events) of \(count)",
      sourceLocation: location)
  }

  @Test(
    "follow the equations where nothing is random", arguments: ["two drugs", "additive", "hsa"])
  func deterministic(name: String) throws {
    let rows = try KillTrajectoryTests.table.get().rows
    let row = try #require(rows.first { $0.name == name || $0.combination == name })
    let treatment = try row.treatment()
    var model = ChemotherapyModel.make(spread: 0, growth: row.growth, cv: 0, hazard: 0)
    model.baseline.value = 100_000
    var fixed = treatment
    fixed.immune?.spread = 0
    let seen = try outcomes(model, fixed, Self.conduct([56, 84, 112]), count: 2)
    for patient in seen {
      let ratios = patient.scans.map { Double($0.millimeters) / 100_000 }
      for (ratio, expected) in zip(ratios, [row.ratios[1], row.ratios[2], row.ratios[3]]) {
        #expect(ratio.agrees(with: expected, within: 1e-5))
      }
      #expect(ratios.count == 3)
    }
  }

  @Test("are judged as the RECIST module judges the same millimeters")
  func judged() throws {
    for standard in [ResponseStandard.recist1_0, .recist1_1] {
      let rules = BestResponseRules(
        missingIsNotEvaluable: true, confirmation: standard.confirmation)
      let seen = try outcomes(
        .make(hazard: 0), Self.claret(0.009),
        Self.conduct([28, 56, 84, 112], standard: standard, rules: rules), count: 600)
      var confirmed = 0
      for patient in seen {
        var slow = TargetFollowUp(
          [TargetLesion(name: "T01", isNodal: false)],
          baseline: ["T01": .measured(Millimeters(patient.baseline))],
          criteria: standard.criteria)
        let expected = patient.scans.map {
          ResponseVisit(
            day: $0.day,
            response: slow.assess(["T01": .measured(Millimeters($0.millimeters))]).response)
        }
        #expect(patient.scans.map(\.response) == expected.map(\.response))
        #expect(patient.best == BestOverallResponse(expected, rules: rules).response)
        if patient.best.isObjectiveResponse { confirmed += 1 }
      }
      #expect((50..<450).contains(confirmed))
    }
  }

  @Test("have new lesions, other progression, drop-out and missing scans at their rates")
  func hazards() throws {
    let shrinking = Self.claret(0.02, decay: 0)
    let still = ChemotherapyModel.make(spread: 0, cv: 0, hazard: 0)
    let count = 4_000
    let lesions = try outcomes(
      .make(spread: 0, cv: 0, hazard: 0.002), shrinking, Self.conduct(), count: count)
    expect(
      lesions.count { $0.progression.by == 56 }, of: count, share: 1 - exp(-0.002 * 56))
    expect(lesions.count { $0.progression.by == nil }, of: count, share: exp(-0.002 * 168))
    let other = try outcomes(still, shrinking, Self.conduct(nonTarget: 0.003), count: count)
    expect(other.count { $0.progression.by != nil }, of: count, share: 1 - exp(-0.003 * 168))
    let left = try outcomes(still, shrinking, Self.conduct(dropout: 0.001), count: count)
    expect(left.count { !$0.isEvaluable }, of: count, share: 1 - exp(-0.001 * 56))
    expect(left.count { $0.scans.count == 3 }, of: count, share: exp(-0.001 * 168))
    #expect(left.allSatisfy { $0.progression.by == nil })
    let missing = try outcomes(
      .make(spread: 0, cv: 0, hazard: 0, notEvaluable: 0.2), shrinking, Self.conduct(),
      count: count)
    expect(missing.count { $0.best == .notEvaluable }, of: count, share: 0.2)
  }

  @Test("are scanned on every day of a window alike, and never outside")
  func windows() throws {
    let seen = try outcomes(
      .make(spread: 0, cv: 0, hazard: 0), Self.claret(0.001), Self.conduct(window: 7))
    let days = seen.compactMap { $0.scans.first?.day }
    #expect(Set(days) == Set(49...63))
    for day in 49...63 { expect(days.count { $0 == day }, of: days.count, share: 1 / 15.0) }
    let second = seen.compactMap { $0.scans.dropFirst().first?.day }
    #expect(second.min() == 105 && second.max() == 119)
  }

  @Test("answer the immune agent in the share that can")
  func responders() throws {
    var treatment = Self.claret(0)
    treatment.immune = ImmuneKill(killPerDay: 0.02, spread: 0, signal: Self.signal)
    treatment.responderShare = 0.3
    let seen = try outcomes(
      .make(spread: 0, cv: 0, hazard: 0), treatment, Self.conduct([168]))
    expect(seen.count { $0.best == .partialResponse }, of: seen.count, share: 0.3)
  }

  @Test("have sensitivities correlated as declared", arguments: [0, 0.3, 0.9])
  func correlation(rho: Double) throws {
    var treatment = Self.claret(0.006)
    treatment.immune = ImmuneKill(
      killPerDay: 0.004, spread: 0.5, correlation: rho, signal: Self.signal)
    let arm = try VirtualArm(.standard, under: treatment, conduct: Self.conduct())
    let cohort = arm.cohort(
      (0..<4_000).map { PatientDraws(.init(seed: 8, replicate: 0, patient: $0)) })
    let x = (0..<4_000).map { log(cohort.killsPerDay[0][$0] / 0.006) / 0.68 }
    let y = (0..<4_000).map { log(cohort.immuneKillPerDay[$0] / 0.004) / 0.5 }
    let product = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / 4_000
    // The variance of a product of correlated standard normals is 1 + ρ².
    #expect((product - rho).magnitude < 5 * ((1 + rho * rho) / 4_000).squareRoot())
    let variance = y.reduce(0) { $0 + $1 * $1 } / 4_000
    #expect((variance - 1).magnitude < 5 * (2.0 / 4_000).squareRoot())
  }

  /// KI .0036 a day gives about 34 % on scans at 12 and 24 weeks, and 50 % needs about .009.
  @Test(
    "respond to an immune kill as independent simulations did",
    arguments: [(0.0036, 0.34), (0.009, 0.5)])
  func sourceTrial(kill: Double, rate: Double) throws {
    var treatment = Self.claret(0.0064)
    treatment.immune = ImmuneKill(killPerDay: kill, signal: Self.signal)
    let seen = try outcomes(.standard, treatment, Self.conduct([84, 168]), count: 20_000)
    let found = Double(seen.count { $0.best.isObjectiveResponse }) / 20_000
    #expect((found - rate).magnitude < 0.025, "\(found)")
  }

  @Test("agree with the reference model's patients where both can say")
  func olderModel() throws {
    let count = 20_000
    let seen = try outcomes(
      .standard, Self.claret(0.0064), Self.conduct([56, 112, 168]), count: count)
    let older = try VirtualPatients(
      .standard, under: Treatment(killPerDay: 0.0064, decayPerDay: 0.0193),
      schedule: ScanSchedule([56, 112, 168]))
    let responders = (0..<count).count { patient in
      older.scans(seed: 77, patient: patient).contains { $0.response == .partialResponse }
    }
    let found = seen.count { $0.scans.contains { $0.response == .partialResponse } }
    // Two independent counts.
    expect(found, of: count / 2, share: Double(responders) / Double(count) * 2)
  }

  @Test("says which windows overlap")
  func refusals() throws {
    #expect(throws: TumorDynamicsError.windowsOverlap(days: 7, scanDays: [56, 70])) {
      try VirtualArm(
        .standard, under: Self.claret(0.01), conduct: Self.conduct([56, 70], window: 7))
    }
    #expect(throws: TumorDynamicsError.windowsOverlap(days: 7, scanDays: [7, 70])) {
      try VirtualArm(
        .standard, under: Self.claret(0.01), conduct: Self.conduct([7, 70], window: 7))
    }
  }
}
