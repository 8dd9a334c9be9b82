import TumorDynamics

/// What a calibration found, as far as a result tells of it.
struct SimulatedBackbone: Sendable, Hashable, Codable {
  let killPerDay: Double
  let newLesionHazard: Double
  /// Simulated and of the control's own scans, as is what follows.
  let responseRate: Double
  let responseResidual: Double
  /// Nothing where the control has no median.
  let progressionResidual: Double?
  let patients: Int

  init(_ calibration: BackboneCalibration) {
    killPerDay = calibration.killPerDay
    newLesionHazard = calibration.newLesionHazard
    responseRate = calibration.responseRate.value
    responseResidual = calibration.responseResidual
    progressionResidual = calibration.progressionResidual
    patients = calibration.patients
  }
}
