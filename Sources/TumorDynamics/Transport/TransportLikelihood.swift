internal import Glibc
internal import RECIST
internal import TrialDesign

/// How likely each immune effect makes a published summary.
///
/// The same simulated patients receive every effect (common random numbers). What the control's
/// response rate may be is averaged over, weighted as given.
struct TransportLikelihood {
  let evidence: TransportEvidence
  /// How many patients are simulated an arm.
  let patients: Int
  let seed: UInt64
  /// The control arm of each backbone, where the summary compares with one.
  private let controls: [[PatientOutcome]]

  init(evidence: TransportEvidence, patients: Int, seed: UInt64) throws(TumorDynamicsError) {
    self.evidence = evidence
    self.patients = patients
    self.seed = seed
    var controls: [[PatientOutcome]] = []
    if case .hazardRatio = evidence.summary {
      for (_, calibration) in evidence.backbones {
        controls.append(
          try Self.outcomes(evidence, calibration, killPerDay: 0, patients, seed: seed))
      }
    }
    self.controls = controls
  }

  /// The logarithm for one effect, of the mean over the backbones.
  func log(killPerDay: Double) throws(TumorDynamicsError) -> Double {
    let whole = evidence.backbones.reduce(0) { $0 + $1.weight }
    var logs: [Double] = []
    for (index, (weight, calibration)) in evidence.backbones.enumerated() {
      let treated = try Self.outcomes(
        evidence, calibration, killPerDay: killPerDay, patients, seed: seed)
      logs.append(Glibc.log(weight / whole) + logLikelihood(treated, ofBackbone: index))
    }
    // A large trial's likelihood is too small for a number, its logarithm is not.
    let most = logs.max() ?? 0
    return most + Glibc.log(logs.reduce(0) { $0 + exp($1 - most) })
  }

  private static func outcomes(
    _ evidence: TransportEvidence, _ calibration: BackboneCalibration, killPerDay: Double,
    _ patients: Int, seed: UInt64
  ) throws(TumorDynamicsError) -> [PatientOutcome] {
    var treatment = calibration.treatment
    treatment.immune = evidence.agent
    treatment.immune?.killPerDay = killPerDay
    let arm = try VirtualArm(calibration.model, under: treatment, conduct: evidence.conduct)
    // The replicate before the one calibrations use: other patients, and none of a simulated trial.
    return arm.outcomes(of: 0..<patients, seed: seed, replicate: .max - 1)
  }

  /// Up to a term that does not depend on the effect.
  private func logLikelihood(_ treated: [PatientOutcome], ofBackbone index: Int) -> Double {
    switch evidence.summary {
    case .responses(let responders, let patients):
      let simulated = treated.count { $0.best.isObjectiveResponse }
      // Half a patient more of each kind, or a rate of 0 would rule out what is only rare.
      let rate = (Double(simulated) + 0.5) / Double(treated.count + 1)
      return Double(responders) * Glibc.log(rate)
        + Double(patients - responders) * Glibc.log(1 - rate)
    case .hazardRatio(let ratio, let lower, let upper):
      let intervals = Self.intervals(
        controls[index], treated, scans: evidence.conduct.schedule.days.count)
      guard let simulated = GroupedHazardRatio(intervals: intervals).logRatio else {
        preconditionFailure("half a progression in every interval")
      }
      let error = Glibc.log(upper / lower) / (2 * standardNormalQuantile(0.975))
      let deviate = (Glibc.log(ratio) - simulated) / error
      return -deviate * deviate / 2
    }
  }

  /// Who is at risk and who progresses between any two scans, and half a patient more of each kind:
  /// an arm in which nobody progressed would have no ratio.
  static func intervals(
    _ control: [PatientOutcome], _ treated: [PatientOutcome], scans: Int
  ) -> [GroupedHazardRatio.Interval] {
    func count(_ arm: [PatientOutcome], _ index: Int) -> (atRisk: Double, events: Double) {
      let scanned = arm.compactMap { $0.scans.count > index ? $0.scans[index] : nil }
      return (
        Double(scanned.count + 1),
        Double(scanned.count { $0.response == .progressiveDisease }) + 0.5
      )
    }
    return (0..<scans).map { index in
      let (own, other) = (count(control, index), count(treated, index))
      return .init(
        atRisk: (own.atRisk, other.atRisk), events: (own.events, other.events))
    }
  }
}
