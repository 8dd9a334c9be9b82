import Foundation
import RECIST
import Testing
import TrialDesign

@testable import TumorDynamics

struct CalibrationTests {
  static let schedule = Result { try ScanSchedule([42, 84, 126, 168]) }

  private func calibrate(
    _ rate: Double, progressionFree: CalibrationTarget.ProgressionFree? = nil,
    model: ChemotherapyModel = .standard, patients: Int = 2_000, seed: UInt64 = 11
  ) throws -> Calibration {
    try Calibration(
      to: CalibrationTarget(
        responseRate: rate, progressionFree: progressionFree, schedule: Self.schedule.get()),
      decayPerDay: 0.0193, model: model, patients: patients, seed: seed)
  }

  @Test("meets the response rate to one patient", arguments: [0.05, 0.25, 0.39, 0.6])
  func meets(rate: Double) throws {
    let calibration = try calibrate(rate)
    #expect(calibration.responseRate.value >= rate)
    #expect(calibration.responseRate.value < rate + 2.0 / 2_000)
    let error = (rate * (1 - rate) / 2_000).squareRoot()
    #expect((calibration.responseRate.standardError - error).magnitude < 0.01 * error)
    #expect(calibration.model == .standard)
  }

  @Test("counts patients who are not evaluable as failures")
  func notEvaluable() throws {
    let all = try calibrate(0.25)
    let some = try calibrate(0.25, model: .make(notEvaluable: 0.3))
    #expect(some.killPerDay > all.killPerDay * 1.1)
    #expect((some.responseRate.value - 0.25).magnitude < 0.002)
  }

  /// The response rate is counted anew, patient by patient and with the same streams.
  @Test("counts what following the patients counts")
  func recount() throws {
    let model = ChemotherapyModel.make(notEvaluable: 0.1)
    let calibration = try calibrate(0.3, model: model, patients: 1_000)
    let patients = try VirtualPatients(
      model,
      under: Treatment(killPerDay: calibration.killPerDay, decayPerDay: 0.0193),
      schedule: Self.schedule.get())
    var responders = 0
    var evaluable = 0
    var free = [0, 0, 0, 0]
    for patient in 0..<1_000 {
      let scans = patients.scans(RandomStream(seed: 11, replicate: .max, patient: patient))
      if scans.contains(where: { $0.response == .partialResponse }) { responders += 1 }
      if !scans.isEmpty { evaluable += 1 }
      for scan in scans where scan.response != .progressiveDisease { free[scan.index] += 1 }
    }
    #expect(calibration.responseRate == MonteCarloEstimate(events: responders, of: 1_000))
    #expect(calibration.progressionFree == free.map { Double($0) / Double(evaluable) })
  }

  @Test("a higher response rate needs a higher kill rate")
  func monotone() throws {
    let kills = try [0.1, 0.2, 0.3, 0.4, 0.5].map { try calibrate($0).killPerDay }
    #expect(zip(kills, kills.dropFirst()).allSatisfy(<))
  }

  @Test(
    "meets response and progression together",
    arguments: [(0.25, 0.5, 150.0), (0.25, 0.6, 168.0), (0.39, 0.5, 160.0), (0.22, 0.7, 84.0)])
  func together(rate: Double, share: Double, day: Double) throws {
    let calibration = try calibrate(rate, progressionFree: .init(share: share, day: day))
    #expect((calibration.responseRate.value - rate).magnitude < 0.002)
    #expect(calibration.model.newLesionHazard.basis == .calibrated)
    // Between scans progression-free patients leave evenly.
    let days = [0.0, 42, 84, 126, 168]
    let shares = [1] + calibration.progressionFree
    let after = try #require(days.firstIndex { $0 >= day })
    let part = (day - days[after - 1]) / 42
    let met = shares[after - 1] + part * (shares[after] - shares[after - 1])
    #expect((met - share).magnitude < 0.005)
  }

  @Test("one after the other would lose the response rate")
  func notOneAfterTheOther() throws {
    let alone = try calibrate(0.25, model: .make(hazard: 0))
    let together = try calibrate(0.25, progressionFree: .init(share: 0.5, day: 150))
    #expect(together.killPerDay > alone.killPerDay * 1.1)
  }

  @Test("the same seed gives the same rates, another seed others")
  func seeds() throws {
    #expect(try calibrate(0.25) == calibrate(0.25))
    #expect(try calibrate(0.25).killPerDay != calibrate(0.25, seed: 12).killPerDay)
  }

  @Test("says what cannot be met")
  func refusals() throws {
    #expect(throws: TumorDynamicsError.rateOutOfRange(1)) { try calibrate(1) }
    #expect(throws: TumorDynamicsError.rateOutOfRange(0)) {
      try calibrate(0.25, progressionFree: .init(share: 0, day: 84))
    }
    #expect(throws: TumorDynamicsError.dayBeyondScans(day: 300, lastScan: 168)) {
      try calibrate(0.25, progressionFree: .init(share: 0.5, day: 300))
    }
    #expect(throws: TumorDynamicsError.tooFewPatients(1)) { try calibrate(0.25, patients: 1) }
    let hopeless = #expect(throws: TumorDynamicsError.self) {
      try calibrate(0.5, model: .make(hazard: 0.05))
    }
    guard case .responseRateOutOfReach(0.5, 0..<0.05, 0.05..<0.2) = hopeless else {
      Issue.record("\(String(describing: hopeless))")
      return
    }
    let never = #expect(throws: TumorDynamicsError.self) {
      try calibrate(0.1, progressionFree: .init(share: 0.99, day: 168))
    }
    guard case .progressionFreeShareOutOfReach(0.99, 168, _, 0.3..<0.9) = never else {
      Issue.record("\(String(describing: never))")
      return
    }
  }
}
