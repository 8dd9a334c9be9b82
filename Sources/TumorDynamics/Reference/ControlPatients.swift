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
    let one = try VirtualPatients(
      model, under: Treatment(killPerDay: 1, decayPerDay: decayPerDay), schedule: schedule)
    days = one.days
    floor = model.measurementFloor.value
    notEvaluableShare = model.notEvaluableShare.value
    for patient in 0..<patients {
      // The last replicate is kept for calibration: no simulated trial has so many before it.
      let stream = RandomStream(seed: seed, replicate: .max, patient: patient)
      append(one.effects(stream), decayPerDay: decayPerDay, cv: model.measurementCV.value)
    }
  }

  var count: Int { baselines.count }

  private mutating func append(_ patient: PatientEffects, decayPerDay: Double, cv: Double) {
    var (errors, measurements) = (patient.errors, patient.measurements)
    let decay = decayPerDay * patient.decayFactor
    baselines.append(
      VirtualPatients.wholeMillimeters(patient.baseline * (1 + cv * errors.x), floor: floor))
    newLesionSurvivals.append(patient.newLesionSurvival)
    evaluabilities.append(patient.evaluability)
    for (index, day) in days.enumerated() {
      let lane = (index + 1) % 4
      if lane == 0 { errors = measurements.normals() }
      sums.append(patient.baseline * (1 + cv * errors[lane]))
      growths.append(patient.growthPerDay * day)
      falls.append(
        patient.killFactor * ClaretModel.exposure(decayPerDay: decay, until: day))
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
      var target = TargetSum(baseline: baselines[patient])
      var responds = false
      for scan in days.indices {
        let entry = patient * days.count + scan
        let sum = sums[entry] * exp(growths[entry] - killPerDay * falls[entry])
        let response = target.assess(VirtualPatients.wholeMillimeters(sum, floor: floor))
        if response == .progressiveDisease || newLesionSurvivals[patient] >= newLesionFree[scan] {
          break
        }
        free[scan] += 1
        if response == .partialResponse { responds = true }
      }
      if responds { responders += 1 }
    }
    return Outcome(
      responders: responders,
      progressionFree: free.map { Double($0) / Double(max(evaluable, 1)) })
  }
}
