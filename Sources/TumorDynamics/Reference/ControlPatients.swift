internal import Glibc
internal import RECIST
internal import TrialDesign

/// What does not change about simulated patients while their kill rate is sought.
///
/// ln *y* falls in a straight line with the kill rate, so that following a patient at another rate
/// costs one exponential a scan.
struct ControlPatients {
  private let days: [Double]
  private let floor, notEvaluableShare: Double
  private let smallestGrowth: Int
  /// Days from a response to the scan that confirms it; 0 where none has to.
  private let confirmationDays: Double
  /// By patient: the measured baseline, and the draws behind new lesions and evaluability.
  private var baselines: [Int] = []
  private var newLesionSurvivals: [Double] = []
  private var evaluabilities: [Double] = []
  /// By patient and scan: the sum before treatment as this scan's error shows it, how much its
  /// logarithm grows until then, and how much it falls for each unit of the kill rate.
  private var sums: [Double] = []
  private var growths: [Double] = []
  private var falls: [Double] = []

  init(
    _ model: ChemotherapyModel, decayPerDay: Double, schedule: ScanSchedule, patients: Int,
    seed: UInt64
  ) throws(TumorDynamicsError) {
    let drug = DosedDrug(
      "chemotherapy", killPerDay: 1, decayPerDay: decayPerDay, exposure: .constant)
    try self.init(
      model, under: CombinationTreatment(drugs: [drug]), schedule: schedule, patients: patients,
      seed: seed, isConfirmed: false, standard: .recist1_1)
  }

  /// - Precondition: The treatment kills.
  init(
    _ model: ChemotherapyModel, under treatment: CombinationTreatment, schedule: ScanSchedule,
    patients: Int, seed: UInt64, isConfirmed: Bool, standard: ResponseStandard
  ) throws(TumorDynamicsError) {
    try treatment.check()
    let one = try VirtualPatients(
      model, under: Treatment(killPerDay: 1, decayPerDay: 0), schedule: schedule)
    days = one.days
    floor = model.measurementFloor.value
    notEvaluableShare = model.notEvaluableShare.value
    smallestGrowth = standard.smallestGrowthMillimeters
    confirmationDays = isConfirmed ? 28 : 0
    for patient in 0..<patients {
      // The last replicate is kept for calibration: no simulated trial has so many before it.
      let stream = RandomStream(seed: seed, replicate: .max, patient: patient)
      append(one.effects(stream), under: treatment, cv: model.measurementCV.value)
    }
  }

  var count: Int { baselines.count }

  private mutating func append(
    _ patient: PatientEffects, under treatment: CombinationTreatment, cv: Double
  ) {
    var (errors, measurements) = (patient.errors, patient.measurements)
    baselines.append(
      VirtualPatients.wholeMillimeters(patient.baseline * (1 + cv * errors.x), floor: floor))
    newLesionSurvivals.append(patient.newLesionSurvival)
    evaluabilities.append(patient.evaluability)
    let whole = treatment.killPerDay
    for (index, day) in days.enumerated() {
      let lane = (index + 1) % 4
      if lane == 0 { errors = measurements.normals() }
      sums.append(patient.baseline * (1 + cv * errors[lane]))
      growths.append(patient.growthPerDay * day)
      let exposure = treatment.drugs.reduce(0) { sum, drug in
        let decay = drug.decayPerDay * patient.decayFactor
        let own = drug.exposure.exposure(decayPerDay: decay, until: day)
        return sum + drug.killPerDay / whole * own
      }
      falls.append(patient.killFactor * exposure)
    }
  }

  /// How patients do in all.
  struct Outcome {
    var responders = 0
    /// Among evaluable patients, on each scan day.
    var progressionFree: [Double]
  }

  /// Follows every patient to the first PD.
  func outcome(killPerDay: Double, newLesionHazard: Double) -> Outcome {
    let newLesionFree = days.map { exp(-newLesionHazard * $0) }
    var free = [Int](repeating: 0, count: days.count)
    var responders = 0
    var evaluable = 0
    for patient in baselines.indices where evaluabilities[patient] >= notEvaluableShare {
      evaluable += 1
      var target = TargetSum(baseline: baselines[patient], smallestGrowth: smallestGrowth)
      var responds = false
      var respondsSince = Double.infinity
      for scan in days.indices {
        let entry = patient * days.count + scan
        let sum = sums[entry] * exp(growths[entry] - killPerDay * falls[entry])
        let response = target.assess(VirtualPatients.wholeMillimeters(sum, floor: floor))
        if response == .progressiveDisease || newLesionSurvivals[patient] >= newLesionFree[scan] {
          break
        }
        free[scan] += 1
        // Anything but PR in between, and a response is not confirmed by a later one.
        guard response == .partialResponse else {
          respondsSince = .infinity
          continue
        }
        respondsSince = min(respondsSince, days[scan])
        if days[scan] - respondsSince >= confirmationDays { responds = true }
      }
      if responds { responders += 1 }
    }
    return Outcome(
      responders: responders,
      progressionFree: free.map { Double($0) / Double(max(evaluable, 1)) })
  }
}
