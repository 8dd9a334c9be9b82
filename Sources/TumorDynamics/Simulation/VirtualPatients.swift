internal import Glibc
package import RECIST
package import TrialDesign

/// Patients of a ``ChemotherapyModel`` under one treatment, scanned on one schedule.
package struct VirtualPatients: Sendable {
  package let schedule: ScanSchedule
  package let treatment: Treatment
  let days: [Double]
  /// ∫ *X*ₙ until each scan, or nothing without an immune kill.
  private let immuneExposure: [Double]
  private let logBaseline, logGrowth, logKill, logDecay, logImmune: Double
  private let baselineSpread, growthSpread, killSpread, decaySpread: Double
  private let immuneSpread, correlation, correlationRest: Double
  private let cv, floor, hazard, notEvaluableShare: Double

  package init(
    _ model: ChemotherapyModel, under treatment: Treatment, schedule: ScanSchedule
  ) throws(TumorDynamicsError) {
    try model.check()
    try Self.check(treatment)
    self.schedule = schedule
    self.treatment = treatment
    days = schedule.days.map(Double.init)
    immuneExposure = treatment.immune?.signal.cumulative(on: days) ?? []
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
    hazard = model.newLesionHazard.value
    notEvaluableShare = model.notEvaluableShare.value
  }

  private static func check(_ treatment: Treatment) throws(TumorDynamicsError) {
    let rates = [
      ("the kill rate", treatment.killPerDay), ("the decay rate", treatment.decayPerDay),
      ("the immune kill rate", treatment.immune?.killPerDay ?? 0),
      ("the spread of the immune kill", treatment.immune?.spread ?? 0),
    ]
    for (name, value) in rates where !(value >= 0 && value.isFinite) {
      throw .unusableConstant(name: name, value: value)
    }
    if let correlation = treatment.immune?.correlation, !(correlation.magnitude <= 1) {
      throw .correlationOutOfRange(correlation)
    }
  }

  /// The scans of the patient a stream makes, one after the other.
  package func follow(_ stream: RandomStream) -> Scans { follow(PatientDraw(stream)) }

  func follow(_ draw: PatientDraw) -> Scans {
    var measurements = draw.measurements
    let logBaseline = logBaseline + baselineSpread * draw.baseline
    let baseline = measure(logBaseline, &measurements)
    return Scans(
      patients: self, measurements: measurements, logBaseline: logBaseline,
      growth: exp(logGrowth + growthSpread * draw.growth),
      kill: exp(logKill + killSpread * draw.kill),
      decay: exp(logDecay + decaySpread * draw.decay),
      immune: immuneExposure.isEmpty
        ? 0
        : exp(
          logImmune + immuneSpread
            * (correlation * draw.kill + correlationRest * draw.immune)),
      newLesionDay: draw.newLesion / hazard,
      isEvaluable: draw.evaluability >= notEvaluableShare,
      target: TargetSum(baseline: baseline))
  }

  private func measure(_ logSum: Double, _ stream: inout RandomStream) -> Int {
    let seen = exp(logSum) * (1 + cv * stream.normal())
    // Integer conversion needs a bound; a kilometer is none anybody meets.
    return Int(min(max(seen, floor), 1e6).rounded())
  }

  /// What one scan shows.
  package struct Scan: Sendable {
    /// The index of the scan day in the schedule.
    package let index: Int
    package let millimeters: Int
    package let response: ResponseCategory
  }

  /// The scans of one patient, in order of time, the first with PD being the last.
  package struct Scans: Sequence, IteratorProtocol, Sendable {
    private let patients: VirtualPatients
    private var measurements: RandomStream
    private let logBaseline, growth, kill, decay, immune, newLesionDay: Double
    private var target: TargetSum
    private var upcoming: Int

    init(
      patients: VirtualPatients, measurements: RandomStream, logBaseline: Double, growth: Double,
      kill: Double, decay: Double, immune: Double, newLesionDay: Double, isEvaluable: Bool,
      target: TargetSum
    ) {
      self.patients = patients
      self.measurements = measurements
      self.logBaseline = logBaseline
      self.growth = growth
      self.kill = kill
      self.decay = decay
      self.immune = immune
      self.newLesionDay = newLesionDay
      self.target = target
      upcoming = isEvaluable ? 0 : patients.days.count
    }

    /// The sum of diameters measured before treatment, in millimeters.
    package var baseline: Int { target.baseline }

    package mutating func next() -> Scan? {
      guard upcoming < patients.days.count else { return nil }
      let index = upcoming
      let day = patients.days[index]
      var logSum =
        logBaseline + growth * day
        - kill * ClaretModel.exposure(decayPerDay: decay, until: day)
      if immune > 0 { logSum -= immune * patients.immuneExposure[index] }
      let millimeters = patients.measure(logSum, &measurements)
      var response = target.assess(millimeters)
      if newLesionDay <= day { response = .progressiveDisease }
      upcoming = response == .progressiveDisease ? patients.days.count : index + 1
      return Scan(index: index, millimeters: millimeters, response: response)
    }
  }
}
