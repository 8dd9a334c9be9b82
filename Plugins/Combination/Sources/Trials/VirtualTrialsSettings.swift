import Foundation
import PluginKit
import PluginProtocol
import RECIST
import Statistics
import TumorDynamics

/// What a request for virtual trials chooses.
struct VirtualTrialsSettings: Sendable {
  /// Patients of the treated arm.
  let patients: Int
  /// Patients randomized to the regimen alone; nothing where there is one arm.
  let controlPatients: Int?
  let replicates: Int
  /// *KI*: the median immune kill per day at full dose, always the user's assumption.
  let effect: Double
  /// The name of the published arm to calibrate to; nothing for the first primary one.
  let control: String?
  let schedule: ScanSchedule
  let windowDays: Int
  let standard: ResponseStandard
  let isConfirmed: Bool
  /// The share who leave by week 24 without progression.
  let dropout: Double
  /// A test is positive where its *p*-value is at most this.
  let alpha: Double
  let alternative: Alternative
  let responseMethod: TwoSampleTest.Method
  /// The planned scans that end the windows of the temporal split.
  let split: (earlyDay: Int, lateDay: Int)?
  /// Of the Monte Carlo limits.
  let level: Double
  let calibrationPatients: Int
  let seed: UInt64

  /// Drop-out is a share until this day: 24 weeks.
  static let dropoutDay = 168.0

  var isRandomized: Bool { controlPatients != nil }

  /// - Throws: `Refusal` that points at what does not fit.
  init(_ request: RunRequest) throws(Refusal) {
    let values = request.values
    patients = try Self.checked(try values.int("patients"), "patients")
    controlPatients = try values.optionalInt("control-patients").map {
      (count) throws(Refusal) in try Self.checked(count, "control-patients")
    }
    replicates = try values.int("replicates")
    effect = try Self.effect(values)
    control = try values.optionalText("control")
    let plan = try ScanPlan(values)
    (schedule, split) = (plan.schedule, plan.split)
    windowDays = Int(try values.days("scan-window").rounded())
    standard = try values.choice("criteria")
    isConfirmed = try values.text("confirm") == "28d"
    dropout = try values.double("dropout")
    guard dropout < 1 else {
      throw .parameter("dropout", shortNumber(dropout), expected: "a share below 1")
    }
    alpha = try values.double("alpha")
    alternative = try values.choice("alternative")
    responseMethod = try values.choice("response-test")
    level = try values.double("level")
    calibrationPatients = try values.int("calibration-patients")
    seed = request.seed.flatMap(UInt64.init) ?? 0
    try check()
  }

  private static let sizes = 2...5_000

  /// The size of an arm.
  private static func checked(_ count: Int, _ name: String) throws(Refusal) -> Int {
    guard sizes.contains(count) else {
      throw .parameter(name, "\(count)", expected: "a whole number, from 2 to 5000")
    }
    return count
  }

  /// No default is a fact: with an agent the effect has to be said.
  private static func effect(_ values: Parameters) throws(Refusal) -> Double {
    let effect = try values.optionalDouble("effect")
    guard let agent = try values.optionalText("immune") else {
      guard let effect, effect != 0 else { return 0 }
      throw Refusal(
        "parameter.needs", "effect=\(shortNumber(effect)) needs an immune agent",
        parameter: "effect", expected: "immune=NAME beside it")
    }
    guard let effect else {
      throw Refusal(
        "parameter.missing",
        "immune=\(agent) needs effect=: the immune kill per day at full dose to assume. Nothing"
          + " published gives one; 0 simulates no effect and so the size of the tests",
        parameter: "effect", expected: "a kill per day such as 0.003, or 0")
    }
    guard effect >= 0, effect <= 1 else {
      throw .parameter("effect", shortNumber(effect), expected: "a kill per day from 0 to 1")
    }
    return effect
  }

  private func check() throws(Refusal) {
    guard alternative != .less else {
      throw .parameter("alternative", "less", expected: "greater or two-sided")
    }
    if let controlPatients, patients + controlPatients > TwoSampleTest.maximumPatients {
      throw Refusal(
        "parameter.value",
        "\(patients) and \(controlPatients) patients are more than tests of two rates take",
        parameter: "control-patients",
        expected: "at most \(TwoSampleTest.maximumPatients) patients in both arms")
    }
  }

  /// How the trial looks at its patients.
  var conduct: TrialConduct {
    TrialConduct(
      schedule: schedule, windowDays: windowDays,
      dropoutHazard: dropout > 0 ? -log(1 - dropout) / Self.dropoutDay : 0, standard: standard,
      rules: BestResponseRules(
        missingIsNotEvaluable: true, confirmation: isConfirmed ? .init() : nil))
  }
}
