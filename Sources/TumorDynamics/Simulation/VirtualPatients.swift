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
  private let logBaseline, logGrowth, logKill, logDecay, logImmune: Double
  private let baselineSpread, growthSpread, killSpread, decaySpread: Double
  private let immuneSpread, correlation, correlationRest: Double
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
    logKill = log(treatment.killPerDay)
    logDecay = log(treatment.decayPerDay)
    logImmune = log(treatment.immune?.killPerDay ?? 0)
    baselineSpread = model.baselineSpread.value
    growthSpread = model.growthSpread.value
    killSpread = model.killSpread.value
    decaySpread = model.decaySpread.value
    immuneSpread = treatment.immune?.spread ?? 0
    correlation = treatment.immune?.correlation ?? 0
    correlationRest = (1 - correlation * correlation).squareRoot()
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
    fileprivate let logBaseline, growth, kill, decay, immune, newLesionSurvival: Double
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
  package func patient(_ stream: RandomStream) -> Course {
    let draw = PatientDraw(stream)
    var measurements = draw.measurements
    let logBaseline = logBaseline(of: draw)
    let errors = measurements.normals()
    let baseline = measure(logBaseline, factor: 1 + cv * errors.x)
    return Course(
      measurements: measurements, errors: errors, logBaseline: logBaseline,
      growth: growth(of: draw),
      kill: exp(logKill + killSpread * draw.kill), decay: decay(of: draw),
      immune: immuneKill(of: draw), newLesionSurvival: draw.newLesionSurvival,
      target: TargetSum(baseline: baseline),
      upcoming: draw.evaluability < notEvaluableShare ? days.count : 0)
  }

  /// The next scan of a patient, or nothing after the last one and after PD.
  package func nextScan(of course: inout Course) -> Scan? {
    guard course.upcoming < days.count else { return nil }
    let index = course.upcoming
    let day = days[index]
    let logSum =
      course.logBaseline + course.growth * day
      - course.kill * ClaretModel.exposure(decayPerDay: course.decay, until: day)
      - course.immune * immuneExposure[index]
    let lane = (index + 1) % 4
    if lane == 0 { course.errors = course.measurements.normals() }
    let millimeters = measure(logSum, factor: 1 + cv * course.errors[lane])
    var response = course.target.assess(millimeters)
    if course.newLesionSurvival >= newLesionFree[index] { response = .progressiveDisease }
    course.upcoming = response == .progressiveDisease ? days.count : index + 1
    return Scan(index: index, millimeters: millimeters, response: response)
  }
}

// MARK: The parts of a patient

extension VirtualPatients {
  func logBaseline(of draw: PatientDraw) -> Double {
    logBaseline + baselineSpread * draw.baseline
  }

  func growth(of draw: PatientDraw) -> Double { exp(logGrowth + growthSpread * draw.growth) }

  func decay(of draw: PatientDraw) -> Double { exp(logDecay + decaySpread * draw.decay) }

  private func immuneKill(of draw: PatientDraw) -> Double {
    if logImmune == -.infinity { return 0 }
    return exp(
      logImmune + immuneSpread * (correlation * draw.kill + correlationRest * draw.immune))
  }

  func measure(_ logSum: Double, factor: Double) -> Int {
    Self.wholeMillimeters(exp(logSum) * factor, floor: floor)
  }

  /// Rounds a positive sum, halves up.
  ///
  /// The conversion needs a bound, and a kilometer is none anybody meets.
  static func wholeMillimeters(_ sum: Double, floor: Double) -> Int {
    Int(min(max(sum, floor), 1e6) + 0.5)
  }
}
