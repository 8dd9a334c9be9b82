import PluginKit
import PluginProtocol
import Statistics
import TumorDynamics

/// What the reader of a prediction by tumor dynamics must know; none of it can be switched off.
struct DynamicsNotes: Sendable {
  let report: DynamicsReport

  private var prediction: DynamicsPrediction { report.prediction }

  var notes: [Note] {
    [construction, unverified, fitted, extrapolated].compactMap(\.self) + left
      + [dose, assumed, unmet, split].compactMap(\.self)
  }

  private func caution(_ code: String, _ text: String) -> Note {
    Note(.caution, "dynamics.\(code)", text)
  }

  /// That a model in which the effect can only help proves nothing by predicting help.
  private var construction: Note? {
    guard let agent = prediction.treatment.agent else { return nil }
    let chance = decimal(1 - prediction.effect.probabilityOfNoEffect, places: 2)
    return Note(
      .warning, "dynamics.construction",
      "Added kill can only help: that \(agent.declared.title) helps here has the probability of any"
        + " effect at all, \(chance), by construction, and started from"
        + " \(shortNumber(1 - prediction.settings.noEffect)) before any trial. Its size is what was"
        + " fitted.")
  }

  /// That the source trial is no prediction, and how it hangs on its control.
  private var fitted: Note? {
    guard let evidence = prediction.evidence, let source = evidence.source,
      let count = source.evidence.count
    else { return nil }
    let others = evidence.trials.filter { !$0.evidence.isSource }
    let alone = range(source, []) { evidence.posterior.effect(of: $0).probabilityOfNoEffect }
    let together =
      others.isEmpty
      ? ""
      : " With \(sentenceList(others.map(\.evidence.trial))):"
        + " \(range(source, others.map(\.primaries)) { evidence.posterior.effect(of: $0).probabilityOfNoEffect })."
    return caution(
      "fitted",
      "\(source.evidence.trial)'s \(count.text) was fitted and is no prediction. Its control decides"
        + " how probable it leaves no effect: \(alone).\(together)")
  }

  /// The least and the greatest probability over the controls, with their names.
  private func range(
    _ source: AgentEvidence.Trial, _ others: [[Int]], _ probability: ([[Int]]) -> Double
  ) -> String {
    let fits = source.controls.map {
      (arm: $0.control.arm, value: probability([[$0.place]] + others))
    }
    guard let low = fits.min(by: { $0.value < $1.value }),
      let high = fits.max(by: { $0.value < $1.value })
    else { return "" }
    return [low, high].map {
      "\(decimal($0.value, places: 2)) against \($0.arm.name) (\(percent($0.arm.count.rate)))"
    }.joined(separator: " to ")
  }

  /// Controls of another regimen that the effect was fitted against, and nobody has compared.
  private var unverified: Note? {
    let own = prediction.target.controls.map(\.arm)
    let arms = (prediction.evidence?.trials ?? []).flatMap(\.controls).map(\.control.arm).uniqued
      .filter { !own.contains($0) && !$0.isCountVerified }
    guard !arms.isEmpty else { return nil }
    let names = arms.map { "\($0.name) (\($0.count.text))" }
    return Note(
      .warning, "dynamics.unverified",
      "The effect was fitted against unverified counts, too, not to be cited before somebody has compared"
        + " the paper: \(sentenceList(names)).")
  }

  private var extrapolated: Note? {
    guard let agent = prediction.treatment.agent, let source = prediction.treatment.source,
      source.regimen != prediction.treatment.name
    else { return nil }
    return caution(
      "extrapolated",
      "Fitted beside \(source.backbone), carried over to \(prediction.treatment.regimen.title) in"
        + " \(prediction.treatment.regimen.disease): that \(agent.declared.title) adds the same kill"
        + " there is an assumption, which the heterogeneity between diseases only widens.")
  }

  private var left: [Note] {
    (prediction.evidence?.left ?? []).map { trial, reason in
      caution(
        "not-weighed", "\(trial.trial) \(trial.finding); it is not weighed, because \(reason).")
    }
  }

  private var dose: Note? {
    guard let agent = prediction.treatment.agent, let evidence = prediction.evidence,
      let low = prediction.strengths.min(), let high = prediction.strengths.max()
    else { return nil }
    let here =
      agent.dose == evidence.dose.fullDose
      ? "\(agent.doseText) is the full dose"
      : "\(agent.doseText) has \(whole(low)) to \(whole(high)) % of the full dose's effect"
    return caution(
      "dose",
      "No trial tells how the effect depends on the dose; half of it is assumed to be reached at"
        + " \(significant(evidence.dose.halfDoses[0])) to"
        + " \(significant(evidence.dose.halfDoses[DoseResponsePrior.points - 1]))"
        + " \(evidence.agent.drug.unit.rawValue). \(here).")
  }

  private var assumed: Note? {
    guard prediction.treatment.agent != nil else {
      return caution(
        "assumed",
        "Assumed: how tumors grow and how fast resistance comes, which are those of lung cancer unless"
          + " the regimen declares its own. Fitted: the kill and the hazard of new lesions.")
    }
    return caution(
      "assumed",
      "Assumed: how tumors grow and how fast resistance comes (lung cancer's, unless declared), the"
        + " delay of the immune effect, its spread between patients, its correlation with the"
        + " chemotherapy's kill and the prior. Fitted: the kill, the hazard of new lesions and the"
        + " strength of the immune effect. The tables say from what.")
  }

  private var unmet: Note? {
    let unmet = prediction.target.unmet
    guard !unmet.isEmpty else { return nil }
    let words = unmet.map { "\($0.arm.name): \($0.reason)" }
    return caution(
      "calibration", "No backbone meets \(words.joined(separator: "; ")).")
  }

  /// What chemotherapy alone shows in the late window.
  private var split: Note? {
    guard let share = prediction.control.shrinkingShare else {
      return Note(
        .info, "dynamics.split",
        "Scans every \(prediction.settings.scanInterval) days do not fall on weeks 12 and 24: no"
          + " temporal split is predicted.")
    }
    return caution(
      "split",
      "Of patients without progression to week 24, \(percent(share.mean)) still shrink from week 12 to"
        + " 24 under the backbone alone: late regression by itself is no sign of an immune effect.")
  }
}
