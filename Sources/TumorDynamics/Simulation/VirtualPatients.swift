internal import Glibc
package import RECIST
package import TrialDesign

/// Patients of a ``ChemotherapyModel`` under one treatment, scanned on one schedule.
package struct VirtualPatients: Sendable {
  package let schedule: ScanSchedule
  package let treatment: Treatment
  let days: [Double]
  /// ∫ *X*ₙ until each scan; zeros without an immune kill.
  private let immuneExposure: [Double]
  private let logBaseline, logGrowth: Double
  private let baselineSpread, growthSpread, killSpread, decaySpread: Double
  private let cv, floor, notEvaluableShare: Double
  /// The share of patients without a new lesion until each scan.
  private let newLesionFree: [Double]

  package init(
    _ model: ChemotherapyModel, under treatment: Treatment, schedule: ScanSchedule
  ) throws(TumorDynamicsError) {
    try model.check()
    try treatment.check()
    self.schedule = schedule
    self.treatment = treatment
    days = schedule.days.map(Double.init)
    immuneExposure =
      treatment.immune?.signal.cumulative(on: days) ?? days.map { _ in 0 }
    logBaseline = log(model.baseline.value)
    logGrowth = log(model.growth.value)
    baselineSpread = model.baselineSpread.value
    growthSpread = model.growthSpread.value
    killSpread = model.killSpread.value
    decaySpread = model.decaySpread.value
    cv = model.measurementCV.value
    floor = model.measurementFloor.value
    newLesionFree = days.map { exp(-model.newLesionHazard.value * $0) }
    notEvaluableShare = model.notEvaluableShare.value
  }

  /// One patient between two scans.
  package struct Course: Sendable {
    fileprivate var measurements: RandomStream
    /// Those of baseline and three scans, then of four scans each.
    fileprivate var errors: SIMD4<Double>
    fileprivate let trueBaseline, growth, kill, decay, immune, newLesionSurvival: Double
    fileprivate var target: TargetSum
    /// The index of the next scan.
    fileprivate var upcoming: Int

    /// The sum of diameters measured before treatment, in millimeters.
    package var baseline: Int { target.baseline }
  }

  /// What one scan shows.
  package struct Scan: Sendable {
    /// The index of the scan day in the schedule.
    package let index: Int
    package let millimeters: Int
    package let response: ResponseCategory
  }

  /// The patient a stream makes, just measured before treatment.
  package func patient(_ stream: RandomStream) -> Course { patient(effects(stream)) }

  /// A patient with effects drawn under this treatment or another of the same model.
  ///
  /// Inlined with ``nextScan(of:)``, or every patient is copied several times.
  @inline(__always)
  package func patient(_ effects: PatientEffects) -> Course {
    Course(
      measurements: effects.measurements, errors: effects.errors, trueBaseline: effects.baseline,
      growth: effects.growthPerDay, kill: treatment.killPerDay * effects.killFactor,
      decay: treatment.decayPerDay * effects.decayFactor,
      immune: treatment.immune?.killPerDay(of: effects) ?? 0,
      newLesionSurvival: effects.newLesionSurvival,
      target: TargetSum(
        baseline: Self.wholeMillimeters(
          effects.baseline * (1 + cv * effects.errors.x), floor: floor)),
      upcoming: effects.evaluability < notEvaluableShare ? days.count : 0)
  }

  package func effects(_ stream: RandomStream) -> PatientEffects {
    var stream = stream
    let deviates = stream.normals()
    let (immuneTail, newLesion, evaluability) =
      (stream.uniform(), stream.uniform(), stream.uniform())
    let errors = stream.normals()
    return PatientEffects(
      baseline: exp(logBaseline + baselineSpread * deviates.w),
      growthPerDay: exp(logGrowth + growthSpread * deviates.z),
      killFactor: exp(killSpread * deviates.x), decayFactor: exp(decaySpread * deviates.y),
      killDeviate: deviates.x, immuneTail: immuneTail, newLesionSurvival: newLesion,
      evaluability: evaluability, errors: errors, measurements: stream)
  }

  /// The next scan of a patient, or nothing after the last one and after PD.
  @inline(__always)
  package func nextScan(of course: inout Course) -> Scan? {
    guard course.upcoming < days.count else { return nil }
    let index = course.upcoming
    let day = days[index]
    let logChange =
      course.growth * day
      - course.kill * ClaretModel.exposure(decayPerDay: course.decay, until: day)
      - course.immune * immuneExposure[index]
    let lane = (index + 1) % 4
    if lane == 0 { course.errors = course.measurements.normals() }
    let millimeters = Self.wholeMillimeters(
      course.trueBaseline * exp(logChange) * (1 + cv * course.errors[lane]), floor: floor)
    var response = course.target.assess(millimeters)
    if course.newLesionSurvival >= newLesionFree[index] { response = .progressiveDisease }
    course.upcoming = response == .progressiveDisease ? days.count : index + 1
    return Scan(index: index, millimeters: millimeters, response: response)
  }
}

extension VirtualPatients {
  /// Rounds a positive sum, halves up.
  ///
  /// The conversion needs a bound, and a kilometer is none anybody meets.
  static func wholeMillimeters(_ sum: Double, floor: Double) -> Int {
    Int(min(max(sum, floor), 1e6) + 0.5)
  }
}

extension ImmuneKill {
  /// One patient's *KI*.
  fileprivate func killPerDay(of patient: PatientEffects) -> Double {
    let own = (1 - correlation * correlation).squareRoot()
    let deviate =
      correlation * patient.killDeviate + own * standardNormalQuantile(patient.immuneTail)
    return killPerDay * exp(spread * deviate)
  }
}
