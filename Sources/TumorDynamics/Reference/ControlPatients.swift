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
  /// By patient: the measured baseline, the day of a new lesion at hazard 1, and evaluability.
  private var baselines: [Int] = []
  private var newLesions: [Double] = []
  private var evaluabilities: [Double] = []
  /// By patient and scan: ln *y* without kill, its fall for each unit of the kill rate, and the
  /// factor of the measurement error.
  private var logSums: [Double] = []
  private var falls: [Double] = []
  private var errors: [Double] = []

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
      append(PatientDraw(stream), one, model)
    }
  }

  var count: Int { baselines.count }

  private mutating func append(
    _ draw: PatientDraw, _ patients: VirtualPatients, _ model: ChemotherapyModel
  ) {
    var measurements = draw.measurements
    let cv = model.measurementCV.value
    let logBaseline = patients.logBaseline(of: draw)
    let growth = patients.growth(of: draw)
    let decay = patients.decay(of: draw)
    let kill = exp(model.killSpread.value * draw.kill)
    baselines.append(patients.measure(logBaseline, factor: 1 + cv * measurements.normal()))
    newLesions.append(-log(draw.newLesionSurvival))
    evaluabilities.append(draw.evaluability)
    for day in days {
      logSums.append(logBaseline + growth * day)
      falls.append(kill * ClaretModel.exposure(decayPerDay: decay, until: day))
      errors.append(1 + cv * measurements.normal())
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
    var free = [Int](repeating: 0, count: days.count)
    var responders = 0
    var evaluable = 0
    for patient in baselines.indices where evaluabilities[patient] >= notEvaluableShare {
      evaluable += 1
      let newLesionDay = newLesions[patient] / newLesionHazard
      var target = TargetSum(baseline: baselines[patient])
      var responds = false
      for scan in days.indices {
        let entry = patient * days.count + scan
        let sum = exp(logSums[entry] - killPerDay * falls[entry]) * errors[entry]
        let response = target.assess(VirtualPatients.wholeMillimeters(sum, floor: floor))
        if response == .progressiveDisease || newLesionDay <= days[scan] { break }
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
