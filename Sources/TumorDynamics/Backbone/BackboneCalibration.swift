/// A chemotherapy whose kill rates and new-lesion hazard make simulated patients do as its
/// published control did.
///
/// Both are solved together, at the control's own scans, share of patients not evaluable, criteria
/// and confirmation: solving one after the other would lose the first, since more new lesions hide
/// responses. The kill rates of several drugs keep their ratios. The same simulated patients are
/// followed at every trial value (common random numbers) and the search is deterministic, so that
/// the same control gives the same rates to the last bit.
///
/// Convention: progression is known only at scans, so that the simulated median would be a scan day
/// and a step function of the hazard. What is met is the share free of progression at the
/// control's median, ½ among evaluable patients, on a straight line between scans, as if those who
/// progress between two did so evenly. A median read off a Kaplan–Meier curve drawn at scans lies up
/// to one interval later than where this puts it, and the hazard solved for it is then up to a third too
/// low. Deaths without progression are not simulated.
package struct BackboneCalibration: Sendable, Hashable {
  package let control: BackboneControl
  /// With its kill rates as solved.
  package let treatment: CombinationTreatment
  /// With the control's share of patients not evaluable, and its hazard as solved or kept.
  package let model: ChemotherapyModel
  package let schedule: ScanSchedule
  /// How many patients were simulated.
  package let patients: Int
  /// The response rate they had, with the error of their number.
  package let responseRate: MonteCarloEstimate
  /// The share free of progression on each scan day, among evaluable patients.
  package let progressionFree: [Double]

  /// Finds the rates.
  ///
  /// - Parameters:
  ///   - control: What to meet.
  ///   - backbone: The drugs, with kill rates of which the ratios are kept; an immune kill is left
  ///     out.
  ///   - model: The patients.
  ///   - patients: How many to simulate.
  ///   - seed: The same seed gives the same bits.
  /// - Throws: ``TumorDynamicsError`` for a control no rates in reach can meet, or a backbone without
  ///   a kill.
  package init(
    to control: BackboneControl, of backbone: CombinationTreatment,
    model: ChemotherapyModel = .standard, patients: Int = 20_000, seed: UInt64
  ) throws(TumorDynamicsError) {
    try backbone.check()
    guard backbone.killPerDay > 0 else { throw .backboneWithoutKill }
    guard patients >= 2 else { throw .tooFewPatients(patients) }
    let target = try control.target()
    try target.check()
    var model = model
    model.notEvaluableShare = ModelConstant(
      model.notEvaluableShare.name, control.notEvaluableShare, unit: "", .published,
      "the control's own")
    let search = CalibrationSearch(
      target: target,
      patients: try ControlPatients(
        model, under: backbone, schedule: target.schedule, patients: patients, seed: seed,
        isConfirmed: control.isConfirmed, standard: control.standard))
    let solution =
      if let goal = target.progressionFree {
        try search.solve(progressionFree: goal)
      } else {
        try search.solve(newLesionHazard: model.newLesionHazard.value)
      }
    self.control = control
    var treatment = backbone.scalingKill(by: solution.killPerDay / backbone.killPerDay)
    treatment.immune = nil
    self.treatment = treatment
    self.model =
      control.medianDays == nil ? model : model.withCalibratedHazard(solution.newLesionHazard)
    schedule = target.schedule
    self.patients = patients
    responseRate = MonteCarloEstimate(events: solution.outcome.responders, of: patients)
    progressionFree = solution.outcome.progressionFree
  }

  /// Σ median *KD*.
  package var killPerDay: Double { treatment.killPerDay }

  package var newLesionHazard: Double { model.newLesionHazard.value }

  /// The simulated response rate less the control's: at most a patient or so of those simulated.
  package var responseResidual: Double { responseRate.value - control.responseRate }

  /// The simulated share free of progression at the control's median less ½; nothing without one.
  package var progressionResidual: Double? {
    control.medianDays.map { schedule.share(progressionFree, at: $0) - 0.5 }
  }
}
