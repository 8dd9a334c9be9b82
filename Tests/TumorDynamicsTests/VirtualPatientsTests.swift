import Foundation
import RECIST
import Testing
import TrialDesign

@testable import TumorDynamics

struct VirtualPatientsTests {
  enum Effect: CaseIterable { case baseline, growth, kill }

  static let days = [42, 84, 126, 168, 210, 252]

  private func patients(
    _ model: ChemotherapyModel, kill: Double = 0.006, decay: Double = 0.0193,
    immune: ImmuneKill? = nil
  ) throws -> VirtualPatients {
    try VirtualPatients(
      model, under: Treatment(killPerDay: kill, decayPerDay: decay, immune: immune),
      schedule: ScanSchedule(Self.days))
  }

  @Test("follow the closed form where nothing is random")
  func closedForm() throws {
    let patients = try patients(.make(spread: 0, cv: 0, hazard: 0))
    let model = ClaretModel(
      baseline: 60, growthPerDay: 0.00107, killPerDay: 0.006, decayPerDay: 0.0193)
    let expected = Self.days.map { Int(model.millimeters(at: Double($0)).rounded()) }
    #expect(patients.scans().map(\.millimeters) == expected)
    #expect(patients.patient(RandomStream(seed: 1, replicate: 0)).baseline == 60)
  }

  @Test("lose what the immune kill takes as well")
  func immuneKill() throws {
    let signal = ImmuneSignal(.doses(days: [1, 15, 29, 43, 57, 71], strength: 1))
    let immune = ImmuneKill(killPerDay: 0.009, spread: 0, signal: signal)
    let patients = try patients(.make(spread: 0, cv: 0, hazard: 0), immune: immune)
    let model = ClaretModel(
      baseline: 60, growthPerDay: 0.00107, killPerDay: 0.006, decayPerDay: 0.0193)
    let expected = zip(Self.days, signal.cumulative(on: Self.days.map(Double.init))).map {
      Int((model.millimeters(at: Double($0)) * exp(-0.009 * $1)).rounded())
    }
    #expect(patients.scans().map(\.millimeters) == expected)
  }

  @Test("have a measurement error of their own at baseline and at every scan")
  func errors() throws {
    let patients = try patients(.make(spread: 0, growth: 1e-12, cv: 0.01, hazard: 0), kill: 0)
    var stream = RandomStream(seed: 9, replicate: 4, patient: 2)
    var course = patients.patient(stream)
    for _ in 0..<7 { _ = stream.uniform() }
    func measured() -> Int { Int((60 * (1 + 0.01 * stream.normal())).rounded()) }
    #expect(course.baseline == measured())
    for _ in Self.days {
      #expect(patients.nextScan(of: &course)?.millimeters == measured())
    }
    #expect(patients.nextScan(of: &course) == nil)
  }

  /// Each random effect alone shows its spread; five standard errors of a standard deviation.
  @Test("vary as much as the model says", arguments: Effect.allCases)
  func spreads(effect: Effect) throws {
    var model = ChemotherapyModel.make(spread: 0, growth: 1e-3, cv: 0, hazard: 0)
    let spread: Double
    switch effect {
    case .baseline: (spread, model.baselineSpread.value) = (0.6, 0.6)
    case .growth: (spread, model.growthSpread.value) = (1, 1)
    case .kill: (spread, model.killSpread.value) = (0.68, 0.68)
    }
    model.baseline.value = 20_000  // Rounding to millimeters must not matter.
    let patients = try patients(model, kill: effect == .kill ? 0.001 : 0, decay: 0)
    let count = 4_000
    let logs = (0..<count).compactMap { index -> Double? in
      var course = patients.patient(RandomStream(seed: 5, replicate: 0, patient: index))
      if effect == .baseline { return log(Double(course.baseline)) }
      guard let scan = patients.nextScan(of: &course) else { return nil }
      let change = log(Double(scan.millimeters) / Double(course.baseline)) / 42
      return log(effect == .kill ? 1e-3 - change : change)
    }
    #expect(logs.count == count)
    let mean = logs.reduce(0, +) / Double(count)
    let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
    let error = 5 * spread / (2 * Double(count)).squareRoot()
    #expect((variance.squareRoot() - spread).magnitude < error)
  }

  @Test("stop at PD, for growth and for a new lesion")
  func progression() throws {
    let growing = try patients(.make(spread: 0, growth: 0.01, cv: 0, hazard: 0), kill: 0).scans()
    #expect(growing.map(\.response) == [.progressiveDisease])
    let spreading = try patients(.make(spread: 0, cv: 0, hazard: 1e6)).scans()
    #expect(spreading.map(\.response) == [.progressiveDisease])
    #expect(spreading.map(\.index) == [0])
  }

  @Test("get new lesions at the hazard")
  func newLesions() throws {
    let patients = try patients(.make(spread: 0, cv: 0, hazard: 0.004))
    let count = 4_000
    let firstScan = (0..<count).count {
      patients.scans(patient: $0).first?.response == .progressiveDisease
    }
    let expected = 1 - exp(-0.004 * 42)
    let error = (expected * (1 - expected) / Double(count)).squareRoot()
    #expect((Double(firstScan) / Double(count) - expected).magnitude < 5 * error)
  }

  @Test("are never smaller than can be measured, nor evaluable beyond the share")
  func floors() throws {
    let shrinking = try patients(.make(spread: 0, cv: 0, hazard: 0), kill: 1, decay: 0)
    #expect(shrinking.scans().map(\.millimeters) == Self.days.map { _ in 5 })
    #expect(shrinking.scans().allSatisfy { $0.response == .partialResponse })
    let leaving = try patients(.make(notEvaluable: 0.3))
    let none = (0..<2_000).count { leaving.scans(patient: $0).isEmpty }
    #expect((Double(none) / 2_000 - 0.3).magnitude < 5 * (0.21 / 2_000).squareRoot())
  }

  @Test("are refused where nothing can be simulated")
  func refusals() throws {
    #expect(throws: TumorDynamicsError.unusableConstant(name: "measurement CV", value: -1)) {
      try patients(.make(cv: -1))
    }
    #expect(throws: TumorDynamicsError.unusableConstant(name: "the kill rate", value: .infinity)) {
      try patients(.standard, kill: .infinity)
    }
    #expect(throws: TumorDynamicsError.rateOutOfRange(1)) {
      try patients(.make(notEvaluable: 1))
    }
    let immune = ImmuneKill(
      killPerDay: 1, correlation: 1.5, signal: ImmuneSignal(.doses(days: [], strength: 1)))
    #expect(throws: TumorDynamicsError.correlationOutOfRange(1.5)) {
      try patients(.standard, immune: immune)
    }
    #expect(throws: TumorDynamicsError.noScans) { try ScanSchedule([]) }
    #expect(throws: TumorDynamicsError.scanDaysOutOfOrder([84, 84])) { try ScanSchedule([84, 84]) }
    #expect(throws: TumorDynamicsError.scanDaysOutOfOrder([0, 84])) { try ScanSchedule([0, 84]) }
  }
}
