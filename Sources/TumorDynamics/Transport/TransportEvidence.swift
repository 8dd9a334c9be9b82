internal import Glibc
internal import TrialDesign

/// A published summary of a trial that says something of the immune effect.
package struct TransportEvidence: Sendable {
  package enum Summary: Sendable, Hashable {
    /// Responders among all patients given the combination.
    case responses(responders: Int, patients: Int)
    /// The hazard ratio of progression with its 95 % interval.
    case hazardRatio(Double, lower: Double, upper: Double)
  }

  package let name: String
  package let summary: Summary
  /// Whether somebody has read it in its source.
  package let isVerified: Bool
  /// The trial: its chemotherapy as calibrated, one for each response rate its control may have, with
  /// how probable each is, the agent at the trial's dose, and how the trial looked at its patients.
  package let backbones: [(weight: Double, calibration: BackboneCalibration)]
  package let agent: ImmuneKill
  package let conduct: TrialConduct
  /// How strong the effect is at the trial's dose over that at full dose, one number for each dose
  /// response that may be true; the agent itself is at full dose.
  package let strengths: [Double]

  package init(
    _ name: String, _ summary: Summary, isVerified: Bool,
    backbones: [(weight: Double, calibration: BackboneCalibration)], agent: ImmuneKill,
    conduct: TrialConduct, strengths: [Double] = [1]
  ) {
    self.name = name
    self.summary = summary
    self.isVerified = isVerified
    self.backbones = backbones
    self.agent = agent
    self.conduct = conduct
    self.strengths = strengths
  }
}

extension TransportEvidence.Summary {
  /// The standard error of the logarithm of a hazard ratio, of which its interval is 2·1.96 wide;
  /// nothing for a count.
  package var logError: Double? {
    guard case .hazardRatio(_, let lower, let upper) = self else { return nil }
    return log(upper / lower) / (2 * standardNormalQuantile(0.975))
  }
}
