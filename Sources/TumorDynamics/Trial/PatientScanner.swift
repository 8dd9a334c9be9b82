internal import Glibc
internal import RECIST
internal import TrialDesign

/// Measures one virtual patient and judges what it measures.
///
/// What a scan shows is *y*(1 + CV · *e*) + *a e*′ with standard normal *e* and *e*′, in whole
/// millimeters and never less than the size too small to measure.
struct PatientScanner {
  private let cv, error, floor: Double
  /// The days of the first new lesion, of non-target progression and of drop-out.
  private let newLesionDay, nonTargetDay, dropoutDay: Double
  private let hasNonTarget: Bool
  private let smallestGrowth: Int
  private var measurements: RandomStream
  private var target = TargetSum(baseline: 1)

  init(_ draws: PatientDraws, model: ChemotherapyModel, conduct: TrialConduct) {
    func day(_ uniform: Double, _ hazard: Double) -> Double {
      hazard > 0 ? -log(uniform) / hazard : .infinity
    }
    cv = model.measurementCV.value
    error = conduct.errorMillimeters
    floor = model.measurementFloor.value
    newLesionDay = day(draws.newLesion, model.newLesionHazard.value)
    nonTargetDay = day(draws.nonTarget, conduct.nonTargetHazard)
    dropoutDay = day(draws.dropout, conduct.dropoutHazard)
    hasNonTarget = conduct.nonTargetHazard > 0
    smallestGrowth = conduct.standard.smallestGrowthMillimeters
    measurements = draws.measurements
  }

  /// The sum measured before treatment, in millimeters.
  var baseline: Int { target.baseline }

  mutating func measureBaseline(_ trueSum: Double) {
    target = TargetSum(baseline: measured(trueSum), smallestGrowth: smallestGrowth)
  }

  /// Where in a window of so many days the next scan falls.
  mutating func nextPlace(in width: Int) -> Int {
    width == 1 ? 0 : min(Int(measurements.uniform() * Double(width)), width - 1)
  }

  /// Nothing for a patient who left before the day.
  mutating func scan(_ index: Int, day: Int, trueSum: Double) -> PatientOutcome.Scan? {
    guard dropoutDay > Double(day) else { return nil }
    let millimeters = measured(trueSum)
    let nonTarget: ResponseCategory =
      nonTargetDay <= Double(day) ? .progressiveDisease : .nonCompleteNonProgressive
    let response = ResponseCategory(
      target: target.assess(millimeters), nonTarget: hasNonTarget ? nonTarget : nil,
      newLesion: newLesionDay <= Double(day))
    return PatientOutcome.Scan(
      index: index, day: day, millimeters: millimeters, response: response)
  }

  private mutating func measured(_ trueSum: Double) -> Int {
    var sum = trueSum
    if cv > 0 { sum *= 1 + cv * measurements.normal() }
    if error > 0 { sum += error * measurements.normal() }
    return VirtualPatients.wholeMillimeters(sum, floor: floor)
  }
}
