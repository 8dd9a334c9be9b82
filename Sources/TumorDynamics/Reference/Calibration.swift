internal import TrialDesign

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

  /// The rates tried, per day: from no effect to a half-life of hours.
  static let killRates = 1e-6...1.0
  static let hazards = 0.0...0.1

  /// - Throws: ``TumorDynamicsError`` for a target no rate in reach can meet.
  package init(
    to target: CalibrationTarget, decayPerDay: Double, model: ChemotherapyModel = .standard,
    patients: Int = 20_000, seed: UInt64
  ) throws(TumorDynamicsError) {
    try target.check()
    try model.check()
    guard patients >= 2 else { throw .tooFewPatients(patients) }
    let population = CalibrationPopulation(
      target: target, decayPerDay: decayPerDay, patients: patients, seed: seed)
    let solved =
      if let goal = target.progressionFree {
        try population.solve(model, progressionFree: goal)
      } else {
        try population.solve(model)
      }
    self.target = target
    self.model = solved.model
    killPerDay = solved.kill
    self.decayPerDay = decayPerDay
    self.patients = patients
    responseRate = MonteCarloEstimate(events: solved.outcome.responders, of: patients)
    progressionFree = solved.outcome.progressionFree
  }
}
