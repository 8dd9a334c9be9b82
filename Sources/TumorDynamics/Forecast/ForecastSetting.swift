/// The trial of a combination that is forecast.
package struct ForecastSetting: Sendable {
  /// The chemotherapy as calibrated, one for each response rate its control may have, with how
  /// probable each is.
  package let backbones: [(weight: Double, calibration: BackboneCalibration)]
  /// The agent at full dose; its kill rate is replaced by what was fitted.
  package let agent: ImmuneKill
  package let conduct: TrialConduct
  /// The patients of the trial.
  package let patients: Int
  /// Planned scan days that end the windows of a temporal split.
  package let split: (earlyDay: Int, lateDay: Int)?

  package init(
    backbones: [(weight: Double, calibration: BackboneCalibration)], agent: ImmuneKill,
    conduct: TrialConduct, patients: Int, split: (earlyDay: Int, lateDay: Int)? = nil
  ) {
    self.backbones = backbones
    self.agent = agent
    self.conduct = conduct
    self.patients = patients
    self.split = split
  }

  /// One arm for each backbone, with the agent.
  func arms() throws(TumorDynamicsError) -> [VirtualArm] {
    try backbones.map { backbone throws(TumorDynamicsError) in
      var treatment = backbone.calibration.treatment
      treatment.immune = agent
      return try VirtualArm(backbone.calibration.model, under: treatment, conduct: conduct)
    }
  }

  func only(_ used: [Int]) -> Self {
    Self(
      backbones: used.map { backbones[$0] }, agent: agent, conduct: conduct, patients: patients,
      split: split)
  }

  func check() throws(TumorDynamicsError) {
    guard !backbones.isEmpty, backbones.allSatisfy({ $0.weight > 0 }) else {
      throw .evidenceWithoutBackbone("the forecast")
    }
    guard patients >= 1 else { throw .tooFewPatients(patients) }
  }
}
