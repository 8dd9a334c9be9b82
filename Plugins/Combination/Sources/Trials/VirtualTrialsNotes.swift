import PluginKit
import PluginProtocol
import Statistics
import TumorDynamics

/// What the reader of virtual trials must know; none of it can be switched off.
struct VirtualTrialsNotes {
  let report: VirtualTrialsReport

  private var plan: TrialPlan { report.plan }
  private var settings: VirtualTrialsSettings { report.settings }

  var notes: [Note] {
    [
      construction, extrapolation, assumed, calibrated, control, fixedRate, twoSided, lateChange,
      unverified,
      Note(
        .info, "trials.limits",
        "Limits are those of simulating \(report.tally.replicates) trials. What is not known of the"
          + " effect, the control and the constants is far more, and is not in them."),
    ].compactMap(\.self)
  }

  private func caution(_ code: String, _ text: String) -> Note {
    Note(.caution, "trials.\(code)", text)
  }

  /// That a model in which the effect can only help proves nothing by showing help.
  private var construction: Note {
    guard !report.isWithoutEffect else {
      return Note(
        .warning, "trials.no-effect",
        "No effect is simulated: what is shown for the tests between arms are their sizes, and every"
          + " positive one is false.")
    }
    return Note(
      .warning, "trials.construction",
      "Added kill can only help: that the agent helps is assumed by construction. These are powers if"
        + " the effect were as assumed, and no evidence that there is any.")
  }

  /// What is carried beyond the trials the agent was seen in.
  private var extrapolation: Note? {
    guard let agent = plan.treatment.agent else { return nil }
    let evidence = agent.declared.evidence
    let source = evidence.first(where: \.isSource)
    let found = evidence.map { "\($0.trial) (\($0.backbone)) \($0.finding)" }
    let origin =
      source.map { trial in
        let place = trial.regimen == plan.treatment.name ? "" : ", beside \(trial.backbone)"
        let control = trial.isRandomized ? "randomized" : "without a control of its own"
        return "Extrapolated from \(trial.trial)\(place), \(control)"
      } ?? "Extrapolated: no trial beside any chemotherapy is declared as its source"
    return Note(
      .warning, "trials.extrapolation",
      "\(origin).\(found.isEmpty ? "" : " \(found.joined(separator: "; ")).")")
  }

  /// The effect as the user assumed it.
  private var assumed: Note? {
    guard let agent = plan.treatment.agent else { return nil }
    let unit = agent.declared.drug.unit.rawValue
    return caution(
      "assumed",
      "effect=\(shortNumber(settings.effect)), the median immune kill a day at full dose"
        + " (\(shortNumber(agent.declared.fullDose)) \(unit)), was assumed by whoever asked: nothing"
        + " published gives one. At \(agent.doseText) it is"
        + " \(shortNumber(settings.effect * agent.strength)), by an assumed half dose of"
        + " \(shortNumber(agent.halfDose.value)) \(unit). Its delay, spread and correlation with the"
        + " chemotherapy's kill stand on the method card, most of them assumed as well.")
  }

  /// What was solved, for which published arm.
  private var calibrated: Note {
    let (arm, backbone) = (plan.arm, report.backbone)
    let median =
      arm.medianProgressionFreeMonths.map {
        "median progression-free survival \(shortNumber($0)) months"
      } ?? "no median, so that the assumed new-lesion hazard is kept"
    let scans =
      arm.scanInterval.map { "scans every \(shortNumber($0)) days" }
      ?? "scans every \(shortNumber(PublishedArm.assumedScanInterval)) days (assumed)"
    let rest =
      backbone.progressionResidual.map {
        " and at the median \(signedPoints($0)) points from half free of progression"
      } ?? ""
    return caution(
      "calibrated",
      "Calibrated to \(arm.name) \(arm.count.text) (\(arm.trial), read \(arm.assessor.words)):"
        + " \(median), \(scans), \(arm.notEvaluable ?? 0) not evaluable; simulated"
        + " \(percent(backbone.responseRate)) respond, \(signedPoints(backbone.responseResidual)) points"
        + " off\(rest). The virtual trial has its own scans, criteria and drop-out, so that its response"
        + " rate without an effect need not be the published one.")
  }

  /// What the regimen's author says of the control.
  private var control: Note? {
    plan.arm.note.map { Note(.info, "trials.control", "\(plan.arm.name): \($0)") }
  }

  /// That one arm is held against a number somebody else's trial gave.
  private var fixedRate: Note? {
    guard !settings.isRandomized else { return nil }
    return caution(
      "fixed-rate",
      "One arm against published rates taken as fixed: how uncertain they are is not in the power, and a"
        + " control that differs in scans, assessor or patients makes a test positive without any effect."
        + " control-patients= randomizes a control arm.")
  }

  private var twoSided: Note? {
    guard settings.alternative == .twoSided else { return nil }
    return caution(
      "two-sided", "Two-sided tests are positive for harm as well; both are counted.")
  }

  private var lateChange: Note? {
    guard settings.split != nil else { return nil }
    return caution(
      "late-change",
      "The late change is tested in the treated arm alone: that test is positive under chemotherapy alone"
        + " as well, more often the slower its kill decays, and is no evidence of an immune effect."
    )
  }

  private var unverified: Note? {
    let arm = plan.arm
    let words = (arm.isCountVerified ? [] : ["count"]) + arm.unverifiedWords
    guard !words.isEmpty else { return nil }
    return Note(
      .warning, "trials.unverified",
      "Unverified, not to be cited before somebody has compared the paper: \(sentenceList(words)) of"
        + " \(arm.name).")
  }
}
