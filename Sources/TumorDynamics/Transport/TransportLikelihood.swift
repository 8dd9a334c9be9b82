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

  /// The logarithm for one effect.
  func log(killPerDay: Double) throws(TumorDynamicsError) -> Double {
    var likelihood = 0.0
    var whole = 0.0
    for (weight, calibration) in evidence.backbones {
      let treated = try outcomes(calibration, killPerDay: killPerDay)
      let own = try logLikelihood(treated) { () throws(TumorDynamicsError) in
        try outcomes(calibration, killPerDay: 0)
      }
      whole += weight
      likelihood += weight * exp(own)
    }
    return Glibc.log(max(likelihood / whole, 1e-300))
  }

  private func outcomes(
    _ calibration: BackboneCalibration, killPerDay: Double
  ) throws(TumorDynamicsError) -> [PatientOutcome] {
    var treatment = calibration.treatment
    treatment.immune = evidence.agent
    treatment.immune?.killPerDay = killPerDay
    let arm = try VirtualArm(calibration.model, under: treatment, conduct: evidence.conduct)
    // The replicate before the one calibrations use: other patients, and none of a simulated trial.
    return arm.outcomes(of: 0..<patients, seed: seed, replicate: .max - 1)
  }

  /// Up to a term that does not depend on the effect.
  private func logLikelihood(
    _ treated: [PatientOutcome], against control: () throws(TumorDynamicsError) -> [PatientOutcome]
  ) throws(TumorDynamicsError) -> Double {
    switch evidence.summary {
    case .responses(let responders, let patients):
      let simulated = treated.count { $0.best.isObjectiveResponse }
      // Half a patient more of each kind, or a rate of 0 would rule out what is only rare.
      let rate = (Double(simulated) + 0.5) / Double(treated.count + 1)
      return Double(responders) * Glibc.log(rate)
        + Double(patients - responders) * Glibc.log(1 - rate)
    case .hazardRatio(let ratio, let lower, let upper):
      let simulated =
        GroupedHazardRatio(
          intervals: Self.intervals(
            try control(), treated, scans: evidence.conduct.schedule.days.count)
        ).logRatio ?? 0
      let error = Glibc.log(upper / lower) / (2 * 1.959_963_984_540_054)
      let deviate = (Glibc.log(ratio) - simulated) / error
      return -deviate * deviate / 2
    }
  }

  /// Who is at risk and who progresses between any two scans.
  static func intervals(
    _ control: [PatientOutcome], _ treated: [PatientOutcome], scans: Int
  ) -> [GroupedHazardRatio.Interval] {
    func count(_ arm: [PatientOutcome], _ index: Int) -> (atRisk: Double, events: Double) {
      let scanned = arm.compactMap { $0.scans.count > index ? $0.scans[index] : nil }
      return (
        Double(scanned.count), Double(scanned.count { $0.response == .progressiveDisease })
      )
    }
    return (0..<scans).map { index in
      let (own, other) = (count(control, index), count(treated, index))
      return .init(
        atRisk: (own.atRisk, other.atRisk), events: (own.events, other.events))
    }
  }
}
