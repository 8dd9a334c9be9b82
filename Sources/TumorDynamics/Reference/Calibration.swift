/// A kill rate, and a new-lesion hazard where it was asked for, at which simulated patients do as
/// a control arm did.
///
/// The same simulated patients are followed at every trial value (common random numbers), so the
/// response rate rises with the kill rate and bisection finds where it passes the target. With a
/// progression-free share to meet, each hazard tried has its own kill rate, so both are met
/// together: solving one after the other would lose the first (more new lesions hide responses).
///
/// Progression is known only at scans: between two, progression-free patients are taken to leave
/// evenly.
package struct Calibration: Sendable, Hashable {
  package let target: CalibrationTarget
  /// The model with its new-lesion hazard as solved or kept.
  package let model: ChemotherapyModel
  package let killPerDay: Double
  package let decayPerDay: Double
  /// How many patients were simulated.
  package let patients: Int
  /// The response rate they had, with the error of their number.
  package let responseRate: MonteCarloEstimate
  /// The share free of progression on each scan day of the control, among evaluable patients.
  package let progressionFree: [Double]

  /// The kill rates tried, per day: from no effect to a half-life of hours.
  static let killRates = 1e-6...1.0
  static let largestHazard = 0.1

  /// Finds the rates.
  ///
  /// - Throws: ``TumorDynamicsError`` for a target no rate in reach can meet.
  package init(
    to target: CalibrationTarget, decayPerDay: Double, model: ChemotherapyModel = .standard,
    patients: Int = 20_000, seed: UInt64
  ) throws(TumorDynamicsError) {
    try target.check()
    guard patients >= 2 else { throw .tooFewPatients(patients) }
    let search = CalibrationSearch(
      target: target,
      patients: try ControlPatients(
        model, decayPerDay: decayPerDay, schedule: target.schedule, patients: patients,
        seed: seed))
    let solution =
      if let goal = target.progressionFree {
        try search.solve(progressionFree: goal)
      } else {
        try search.solve(newLesionHazard: model.newLesionHazard.value)
      }
    self.target = target
    self.model =
      target.progressionFree == nil
      ? model : model.withCalibratedHazard(solution.newLesionHazard)
    killPerDay = solution.killPerDay
    self.decayPerDay = decayPerDay
    self.patients = patients
    responseRate = MonteCarloEstimate(events: solution.outcome.responders, of: patients)
    progressionFree = solution.outcome.progressionFree
  }
}

extension ChemotherapyModel {
  func withCalibratedHazard(_ hazard: Double) -> Self {
    var model = self
    model.newLesionHazard = ModelConstant(
      newLesionHazard.name, hazard, unit: newLesionHazard.unit, .calibrated,
      "solved together with the kill rate")
    return model
  }
}
