import Foundation
import ReferenceTesting
import Testing

@testable import TumorDynamics

struct KillTrajectoryTests {
  static let table = Result { try ReferenceTable<DosedKillRow>.load("dosed-kill", in: .module) }

  @Test("agrees with SciPy's DOP853", arguments: try table.get().rows)
  func agrees(row: DosedKillRow) throws {
    let tolerance = try Self.table.get().relativeTolerance
    let found = try row.trajectory().millimeters(on: row.days)
    for (ratio, expected) in zip(found, row.ratios) {
      #expect(ratio.agrees(with: expected, within: tolerance), "\(row.name)")
    }
    #expect(found.count == row.ratios.count)
  }

  @Test("steps agree with closed forms", arguments: try table.get().rows)
  func steps(row: DosedKillRow) throws {
    let trajectory = try row.trajectory()
    let solved = try trajectory.solved(on: row.days)
    for (change, expected) in zip(solved, try trajectory.logChanges(on: row.days)) {
      #expect(exp(change).agrees(with: exp(expected), within: 1e-8), "\(row.name)")
    }
  }

  @Test("a step-by-step immune signal is that of the matrix exponential")
  func signal() throws {
    let days = [14.0, 28, 84, 200]
    for input in [
      ImmuneSignal.Input.doses(days: [1, 15, 29, 43], strength: 0.8),
      .injections([Dose(day: 29, relative: 0.5), Dose(day: 1)]),
      .continuous(untilDay: 100, strength: 1),
    ] {
      let signal = ImmuneSignal(input)
      let treatment = CombinationTreatment(
        drugs: [], immune: ImmuneKill(killPerDay: 1, signal: signal))
      let trajectory = KillTrajectory(
        treatment, PatientRates(medianOf: treatment, baseline: 1, growthPerDay: 0))
      for (kill, expected) in zip(
        try trajectory.solved(on: days, tolerance: 1e-14), signal.cumulative(on: days))
      {
        #expect((-kill).agrees(with: expected, within: 1e-8))
      }
    }
  }

  @Test("has an effect whose mean at full dose is 1, whatever the elimination rate")
  func meanEffect() throws {
    for rate in [0.02, 0.1, 2] {
      let compartment = try EffectCompartment(
        doses: .cycles(40, ofDays: 28, on: [1, 8, 15]), eliminationPerDay: rate, cycleDays: 28,
        dosesPerCycle: 3)
      let cycle =
        compartment.exposure(decayPerDay: 0, until: 1_120)
        - compartment.exposure(decayPerDay: 0, until: 1_092)
      #expect((cycle / 28).agrees(with: 1, within: 1e-6))
    }
  }

  @Test("amounts fall between doses and count from the day they are given")
  func amounts() throws {
    let compartment = try EffectCompartment(
      doses: [Dose(day: 7, relative: 0.5), Dose(day: 0)], eliminationPerDay: 0.1, cycleDays: 7,
      dosesPerCycle: 1)
    #expect(compartment.amount(at: 0) == 1)
    #expect(compartment.amount(at: 6).agrees(with: exp(-0.6), within: 1e-14))
    #expect(compartment.amount(at: 7).agrees(with: 0.5 + exp(-0.7), within: 1e-14))
  }

  @Test("cycles count days as protocols do")
  func cycles() {
    #expect(
      [Dose].cycles(2, ofDays: 28, on: [1, 8, 15]).map(\.day) == [0, 7, 14, 28, 35, 42])
    #expect([Dose].cycles(6, ofDays: 28, on: [2, 16], relative: 0.5).count == 12)
    #expect([Dose].cycles(6, ofDays: 28, on: [2, 16]).last == Dose(day: 155))
  }

  @Test("combines kills by every rule")
  func rules() {
    #expect(KillCombination.additive.kill(chemotherapy: 3, immune: 12) == 15)
    #expect(KillCombination.highestSingleAgent.kill(chemotherapy: 3, immune: 12) == 12)
    #expect(KillCombination.greco(interaction: 0.5).kill(chemotherapy: 3, immune: 12) == 18)
    #expect(KillCombination.greco(interaction: -1).kill(chemotherapy: 3, immune: 12) == 9)
    #expect(KillCombination.greco(interaction: 2).kill(chemotherapy: 3, immune: 0) == 3)
  }

  @Test("acts half as strongly at the dose of half effect, and not at all without a dose")
  func doseResponse() {
    let response = DoseResponse.hill(halfDose: 6, exponent: 2)
    #expect(response.strength(at: 6).agrees(with: 0.5, within: 1e-15))
    #expect(response.strength(at: 2).agrees(with: 0.1, within: 1e-14))
    #expect(response.strength(at: 0) == 0)
    #expect(DoseResponse.flat.strength(at: 2) == 1)
    #expect(DoseResponse.flat.strength(at: 0) == 0)
  }
}

struct CombinationTreatmentTests {
  @Test("says what it cannot simulate")
  func refusals() throws {
    let drug = DosedDrug("A", killPerDay: 0.01, decayPerDay: 0.01, exposure: .constant)
    #expect(throws: TumorDynamicsError.twoDrugsWithOneName(["A", "A"])) {
      try CombinationTreatment(drugs: [drug, drug]).check()
    }
    var negative = drug
    negative.killPerDay = -1
    #expect(
      throws: TumorDynamicsError.unusableConstant(name: "the kill rate of A", value: -1)
    ) { try CombinationTreatment(drugs: [negative]).check() }
    #expect(throws: TumorDynamicsError.shareOutOfRange(1.5)) {
      try CombinationTreatment(drugs: [drug], responderShare: 1.5).check()
    }
    #expect(throws: TumorDynamicsError.primingWithoutKill) {
      try CombinationTreatment(drugs: [], priming: 1).check()
    }
    let long = ImmuneSignal(.doses(days: [1], strength: 1), compartments: 14)
    #expect(throws: TumorDynamicsError.tooManyCompartments(14)) {
      let treatment = CombinationTreatment(
        drugs: [drug], immune: ImmuneKill(killPerDay: 1, signal: long), priming: 1)
      _ = try KillTrajectory(
        treatment, PatientRates(medianOf: treatment, baseline: 1, growthPerDay: 0)
      ).logChanges(on: [1])
    }
    #expect(
      throws: TumorDynamicsError.notPositive(
        name: "the elimination rate of the effect", value: 0)
    ) {
      _ = try EffectCompartment(doses: [], eliminationPerDay: 0, cycleDays: 7, dosesPerCycle: 1)
    }
    #expect(throws: TumorDynamicsError.unusableConstant(name: "a dose", value: -1)) {
      _ = try EffectCompartment(
        doses: [Dose(day: 0, relative: -1)], eliminationPerDay: 1, cycleDays: 7, dosesPerCycle: 1)
    }
  }
}
