internal import Glibc
internal import RECIST

/// How likely each immune effect makes a published summary.
///
/// The same simulated patients receive every effect (common random numbers). What the control's
/// response rate may be is averaged over, weighted as given.
struct TransportLikelihood {
  let evidence: TransportEvidence
  /// How many patients are simulated an arm.
  let patients: Int
  let seed: UInt64
  /// One arm for each backbone, with any effect.
  private let arms: [VirtualArm]
  /// What the control arm of each backbone showed, where the summary compares with one.
  private let controls: [[PatientOutcome]]

  init(evidence: TransportEvidence, patients: Int, seed: UInt64) throws(TumorDynamicsError) {
    self.evidence = evidence
    self.patients = patients
    self.seed = seed
    arms = try evidence.backbones.map { backbone throws(TumorDynamicsError) in
      var treatment = backbone.calibration.treatment
      treatment.immune = evidence.agent
      return try VirtualArm(
        backbone.calibration.model, under: treatment, conduct: evidence.conduct)
    }
    controls =
      if case .hazardRatio = evidence.summary {
        arms.map { Self.outcomes($0, killPerDay: 0, patients, seed: seed) }
      } else {
        []
      }
  }

  /// The logarithm for one effect, of the mean over the backbones.
  func log(killPerDay: Double) -> Double {
    let whole = evidence.backbones.reduce(0) { $0 + $1.weight }
    let logs = evidence.backbones.indices.map { index in
      let treated = Self.outcomes(arms[index], killPerDay: killPerDay, patients, seed: seed)
      return Glibc.log(evidence.backbones[index].weight / whole)
        + logLikelihood(treated, ofBackbone: index)
    }
    // A large trial's likelihood is too small for a number, its logarithm is not.
    let most = logs.max() ?? 0
    return most + Glibc.log(logs.reduce(0) { $0 + exp($1 - most) })
  }

  private static func outcomes(
    _ arm: VirtualArm, killPerDay: Double, _ patients: Int, seed: UInt64
  ) -> [PatientOutcome] {
    // The replicate before the one calibrations use: other patients, and none of a simulated trial.
    arm.withImmuneKill(killPerDay).outcomes(
      of: 0..<patients, seed: seed, replicate: .max - 1)
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
    case .hazardRatio(let ratio, _, _):
      let intervals = Self.intervals(
        controls[index], treated, scans: evidence.conduct.schedule.days.count)
      guard let simulated = GroupedHazardRatio(intervals: intervals).logRatio else {
        preconditionFailure("half a progression in every interval")
      }
      let error = evidence.summary.logError ?? .infinity
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
