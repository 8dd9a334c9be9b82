import PluginKit
import PluginProtocol
import TumorDynamics

/// The conventions of a prediction by tumor dynamics.
struct DynamicsMethods: Sendable {
  let report: DynamicsReport

  var methods: [ResultDocument.MethodChoice] {
    let settings = report.settings
    let common: [ResultDocument.MethodChoice] = [
      .init(
        topic: "tumor dynamics",
        choice:
          "d ln y/dt = KL − KD e(t) exp(−λt) − KI X(t), log-normal between patients; kill adds up,"
          + " in closed form; every drug an equal share of KD",
        source: "Claret 2009; Jacqmin 2007"),
      .init(
        topic: "calibration",
        choice: "KD and the new-lesion hazard together, to response rate and median PFS at the"
          + " control's own scans and share not evaluable; the median is met on a straight line"
          + " between scans"),
      .init(
        topic: "response",
        choice: "RECIST 1.1 on one sum of diameters, unconfirmed, scans every"
          + " \(settings.scanInterval) days to week 48; no drop-out and no deaths are simulated"),
      .init(
        topic: "simulation",
        choice: "\(settings.replicates) patients for each effect and control, the same ones"
          + " everywhere; seed \(settings.seed)"),
    ]
    return common + agentMethods
  }

  private var agentMethods: [ResultDocument.MethodChoice] {
    guard let evidence = report.prediction.evidence else { return [] }
    let settings = report.settings
    let prior = evidence.agent.effectPrior(noEffect: settings.noEffect)
    return [
      .init(
        topic: "prior of the effect",
        choice: "none with probability \(shortNumber(settings.noEffect)), else log-normal KI with"
          + " median \(significant(prior.medianPerDay)) a day and SD \(shortNumber(prior.spread))"
          + " of its logarithm"),
      .init(
        topic: "dose response",
        choice: "d/(ED50 + d), ED50 log-normal with median \(significant(evidence.dose.halfDose))"
          + " \(evidence.agent.drug.unit.rawValue) and SD \(shortNumber(evidence.dose.spread)),"
          + " 1 at the full dose of \(shortNumber(evidence.dose.fullDose))"
          + " \(evidence.agent.drug.unit.rawValue)"),
      .init(
        topic: "likelihood",
        choice: "a randomized trial by its hazard ratio, another by its responders; controls of one"
          + " trial are alternatives, one primary analysis of each, and count alike"),
      .init(
        topic: "between diseases",
        choice: "ln KI differs with SD \(shortNumber(settings.heterogeneity)), declared and swept"),
    ]
  }
}
