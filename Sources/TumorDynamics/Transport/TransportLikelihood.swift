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

  /// One logarithm for each effect.
  func logs(_ killsPerDay: [Double]) throws(TumorDynamicsError) -> [Double] {
    var likelihoods = killsPerDay.map { _ in 0.0 }
    var whole = 0.0
    for (weight, calibration) in evidence.backbones {
      let own = try likelihoodLogs(killsPerDay, calibration)
      whole += weight
      for index in own.indices { likelihoods[index] += weight * exp(own[index]) }
    }
    return likelihoods.map { log(max($0 / whole, 1e-300)) }
  }

  private func likelihoodLogs(
    _ killsPerDay: [Double], _ calibration: BackboneCalibration
  ) throws(TumorDynamicsError) -> [Double] {
    let control = try outcomes(calibration, killPerDay: 0)
    var logs: [Double] = []
    for kill in killsPerDay {
      let treated = kill == 0 ? control : try outcomes(calibration, killPerDay: kill)
      logs.append(logLikelihood(treated, control))
    }
    return logs
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
  private func logLikelihood(_ treated: [PatientOutcome], _ control: [PatientOutcome]) -> Double {
    switch evidence.summary {
    case .responses(let responders, let patients):
      let simulated = treated.count { $0.best.isObjectiveResponse }
      // Half a patient more of each kind, or a rate of 0 would rule out what is only rare.
      let rate = (Double(simulated) + 0.5) / Double(treated.count + 1)
      return Double(responders) * log(rate) + Double(patients - responders) * log(1 - rate)
    case .hazardRatio(let ratio, let lower, let upper):
      let simulated =
        GroupedHazardRatio(
          intervals: Self.intervals(control, treated, scans: evidence.conduct.schedule.days.count)
        ).logRatio ?? 0
      let error = log(upper / lower) / (2 * 1.959_963_984_540_054)
      let deviate = (log(ratio) - simulated) / error
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
