import PluginKit
import PluginProtocol
import Statistics
import TumorDynamics

/// The regimen, its agent and its control as a request names them, ready to be simulated.
struct TrialPlan: Sendable {
  let treatment: Treatment
  let settings: VirtualTrialsSettings
  /// The published arm the regimen is calibrated to.
  let arm: PublishedArm

  init(_ request: RunRequest) throws(Refusal) {
    treatment = try Treatment(request, named: "regimen")
    settings = try VirtualTrialsSettings(request)
    arm = try Self.arm(of: treatment.regimen, named: settings.control)
    guard arm.count.responders > 0, arm.count.responders < arm.count.patients else {
      throw Refusal(
        "trials.control",
        "the control \(arm.name) has \(arm.count.text): no simulated regimen is calibrated to a rate"
          + " of 0 or 1", parameter: "control", expected: "a control with responders and others")
    }
  }

  private static func arm(
    of regimen: Regimen, named name: String?
  ) throws(Refusal) -> PublishedArm {
    let arms = regimen.controls
    guard let name else {
      let usable = arms.primaries.first { $0.count.responders > 0 && $0.count.nonResponders > 0 }
      guard let arm = usable ?? arms.first else {
        throw Refusal("trials.control", "\(regimen.title) declares no control")
      }
      return arm
    }
    if let arm = arms.first(where: { $0.name == name }) { return arm }
    let names = arms.map(\.name)
    let hint = names.nearest(to: name).map { "; did you mean \($0)?" } ?? ""
    throw Refusal(
      "parameter.value",
      "control=\(name): expected one of \(names.joined(separator: ", "))\(hint)",
      parameter: "control", expected: "one of \(names.joined(separator: ", "))")
  }

  /// The last day anything is simulated for, in the trial or in its control.
  private func lastDay(_ control: BackboneControl) throws(TumorDynamicsError) -> Int {
    max(
      (settings.schedule.days.last ?? 0) + settings.windowDays,
      try control.schedule().days.last ?? 0)
  }

  /// Solves kill and new-lesion hazard for the control.
  func calibrated() throws(TumorDynamicsError) -> BackboneCalibration {
    let control = arm.backboneControl
    return try BackboneCalibration(
      to: control, of: treatment.regimen.backbone(through: lastDay(control)),
      model: treatment.regimen.patientModel, patients: settings.calibrationPatients,
      seed: settings.seed)
  }

  /// The trials of the calibrated regimen: the treated arm, and the regimen alone beside it where
  /// patients are randomized.
  func trials(_ backbone: BackboneCalibration) throws(TumorDynamicsError) -> VirtualTrials {
    var treated = backbone.treatment
    treated.immune = immune(through: try lastDay(backbone.control))
    var arms = [
      try VirtualArm(backbone.model, under: treated, conduct: settings.conduct)
    ]
    if settings.isRandomized {
      arms.append(
        try VirtualArm(backbone.model, under: backbone.treatment, conduct: settings.conduct))
    }
    return try VirtualTrials(
      arms, patientsPerArm: [settings.patients] + [settings.controlPatients].compactMap(\.self),
      tests: PlannedTests(self).all.map(\.test), level: settings.alpha, split: settings.split)
  }

  /// The agent's kill as the user assumes it, at the dose asked for.
  private func immune(through lastDay: Int) -> ImmuneKill? {
    guard let agent = treatment.agent, settings.effect > 0 else { return nil }
    var kill = agent.declared.kill(through: lastDay, of: treatment.regimen)
    kill.killPerDay = settings.effect * agent.strength
    return kill
  }
}

extension Treatment.Agent {
  /// The median of ED50, in the unit of the dose, and where it is from.
  var halfDose: ModelConstant { declared.constant(.halfDose) }

  /// How strong the effect is at the dose asked for, over that at full dose: *g*(*d*)/*g*(full) with
  /// *g*(*d*) = *d*/(ED50 + *d*) at the median of ED50.
  var strength: Double { declared.doseResponse.medianStrength(at: dose) }
}
