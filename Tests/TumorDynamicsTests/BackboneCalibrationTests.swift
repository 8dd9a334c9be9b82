import Foundation
import RECIST
import Testing
import TrialDesign

@testable import TumorDynamics

struct BackboneCalibrationTests {
  /// 90 or 80 mg/m² on days 1, 8 and 15 of 28, until the last scan.
  static let weekly = Result {
    CombinationTreatment(
      drugs: [
        DosedDrug(
          "paclitaxel", killPerDay: 0.006, decayPerDay: 0.0193,
          exposure: .doses(
            try EffectCompartment(
              doses: .cycles(16, ofDays: 28, on: [1, 8, 15]), eliminationPerDay: 0.1,
              cycleDays: 28, dosesPerCycle: 3)))
      ])
  }

  private func calibrate(
    _ control: BackboneControl, of backbone: CombinationTreatment? = nil,
    model: ChemotherapyModel = .standard, patients: Int = 2_000
  ) throws -> BackboneCalibration {
    try BackboneCalibration(
      to: control, of: try backbone ?? Self.weekly.get(), model: model, patients: patients, seed: 4)
  }

  /// Found by simulations of another program: 8-weekly scans to week 24, new-lesion hazard .0012 a
  /// day.
  @Test("gives the rates others found", arguments: [(25, 0.0064), (39, 0.0090)])
  func published(responders: Int, kill: Double) throws {
    let calibration = try calibrate(
      BackboneControl(responders: responders, patients: 100), of: VirtualArmTests.claret(1),
      patients: 20_000)
    #expect((calibration.killPerDay / kill - 1).magnitude < 0.03, "\(calibration.killPerDay)")
    #expect(calibration.newLesionHazard == 0.0012)
    #expect(calibration.progressionResidual == nil)
  }

  @Test(
    "meets response, progression and the share not evaluable together",
    arguments: [
      BackboneControl(responders: 54, patients: 243, medianDays: 176.5),
      BackboneControl(
        responders: 54, patients: 243, medianDays: 176.5, notEvaluableShare: 0.1,
        isConfirmed: true),
      BackboneControl(
        responders: 57, patients: 425, medianDays: 122, scanIntervalDays: 42,
        notEvaluableShare: 0.17),
      BackboneControl(
        responders: 82, patients: 211, medianDays: 258.7, isConfirmed: true, standard: .recist1_0),
    ])
  func together(control: BackboneControl) throws {
    let calibration = try calibrate(control)
    #expect(calibration.responseResidual.magnitude < 0.002)
    #expect(try #require(calibration.progressionResidual).magnitude < 0.005)
    #expect(calibration.model.notEvaluableShare.value == control.notEvaluableShare)
    #expect(calibration.model.newLesionHazard.basis == .calibrated)
    // Other patients, followed dose by dose and judged by the RECIST module, do so as well.
    let arm = try VirtualArm(
      calibration.model, under: calibration.treatment,
      conduct: TrialConduct(
        schedule: calibration.schedule, standard: control.standard,
        rules: BestResponseRules(
          missingIsNotEvaluable: true,
          confirmation: control.isConfirmed ? .init() : nil)))
    let count = 6_000
    let seen = arm.outcomes(of: 0..<count, seed: 99, replicate: 0)
    let rate = Double(seen.count { $0.best.isObjectiveResponse }) / Double(count)
    // The errors of 2,000 and 6,000 patients.
    let error = (control.responseRate * (1 - control.responseRate) * (1 / 2e3 + 1 / 6e3))
      .squareRoot()
    #expect((rate - control.responseRate).magnitude < 5 * error)
    let evaluable = seen.filter(\.isEvaluable)
    let free = calibration.schedule.days.indices.map { index in
      Double(
        evaluable.count {
          $0.scans.contains { $0.index == index && $0.response != .progressiveDisease }
        }) / Double(evaluable.count)
    }
    let share = calibration.schedule.share(free, at: control.medianDays ?? 0)
    #expect((share - 0.5).magnitude < 5 * (0.25 * (1 / 2e3 + 1 / 6e3)).squareRoot())
  }

  @Test("keeps the ratio of two drugs' kill rates and leaves the immune kill out")
  func ratios() throws {
    var two = try Self.weekly.get()
    two.drugs.append(
      DosedDrug("carboplatin", killPerDay: 0.003, decayPerDay: 0.01, exposure: .constant))
    two.immune = ImmuneKill(killPerDay: 1, signal: VirtualArmTests.signal)
    let calibration = try calibrate(BackboneControl(responders: 3, patients: 10), of: two)
    let kills = calibration.treatment.drugs.map(\.killPerDay)
    #expect((kills[0] / kills[1] - 2).magnitude < 1e-12)
    #expect(calibration.treatment.immune == nil)
  }

  @Test("confirmation and patients not evaluable need a higher kill rate")
  func harder() throws {
    let plain = try calibrate(BackboneControl(responders: 30, patients: 100))
    let confirmed = try calibrate(
      BackboneControl(responders: 30, patients: 100, isConfirmed: true))
    let missing = try calibrate(
      BackboneControl(responders: 30, patients: 100, notEvaluableShare: 0.2))
    #expect(confirmed.killPerDay > plain.killPerDay * 1.02)
    #expect(missing.killPerDay > plain.killPerDay * 1.1)
  }

  @Test("counts confirmed responses as the RECIST module does", arguments: [14, 21, 28, 56])
  func confirmed(interval: Int) throws {
    let schedule = try ScanSchedule((1...6).map { $0 * interval })
    let treatment = VirtualArmTests.claret(0.01)
    let patients = try ControlPatients(
      .standard, under: treatment, schedule: schedule, patients: 1_000, seed: 2, isConfirmed: true,
      standard: .recist1_1)
    let older = try VirtualPatients(
      .standard, under: Treatment(killPerDay: 0.01, decayPerDay: 0.0193), schedule: schedule)
    let expected = (0..<1_000).count { patient in
      let scans = older.scans(RandomStream(seed: 2, replicate: .max, patient: patient))
      let visits = scans.map {
        ResponseVisit(day: schedule.days[$0.index], response: $0.response)
      }
      return BestOverallResponse(visits, rules: .init(confirmation: .init())).response
        .isObjectiveResponse
    }
    #expect(patients.outcome(killPerDay: 0.01, newLesionHazard: 0.0012).responders == expected)
    #expect(expected > 100)
  }

  @Test("scans as the control was, to 24 weeks and twice its median")
  func schedule() throws {
    #expect(
      try BackboneControl(responders: 1, patients: 4).schedule().days == [56, 112, 168])
    #expect(
      try BackboneControl(
        responders: 1, patients: 4, medianDays: 100, scanIntervalDays: 42
      ).schedule().days == [42, 84, 126, 168, 210])
  }

  @Test("the same control gives the same rates")
  func deterministic() throws {
    let control = BackboneControl(responders: 30, patients: 100, medianDays: 170)
    #expect(try calibrate(control) == calibrate(control))
  }

  @Test("says what cannot be calibrated")
  func refusals() throws {
    #expect(throws: TumorDynamicsError.responseCountToCalibrateTo(responders: 0, patients: 9)) {
      try calibrate(BackboneControl(responders: 0, patients: 9))
    }
    #expect(throws: TumorDynamicsError.notPositive(name: "the scan interval", value: 0)) {
      try calibrate(BackboneControl(responders: 2, patients: 9, scanIntervalDays: 0))
    }
    #expect(throws: TumorDynamicsError.shareOutOfRange(1)) {
      try calibrate(BackboneControl(responders: 2, patients: 9, notEvaluableShare: 1))
    }
    #expect(throws: TumorDynamicsError.backboneWithoutKill) {
      try calibrate(
        BackboneControl(responders: 2, patients: 9), of: VirtualArmTests.claret(0))
    }
    #expect(throws: TumorDynamicsError.tooFewPatients(1)) {
      try calibrate(BackboneControl(responders: 2, patients: 9), patients: 1)
    }
  }
}
