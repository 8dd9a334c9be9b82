import PluginKit
import PluginProtocol
import RECIST
import TumorDynamics

/// A regimen beside an immune agent, predicted by tumor dynamics.
///
/// The chemotherapy is calibrated to each published arm; the agent's effect is fitted to its trials
/// beside the chemotherapy each was given with, no effect among what it may be; and both together are
/// simulated. Without an agent the regimen alone is.
struct DynamicsPrediction: Sendable {
  let treatment: Treatment
  let settings: DynamicsSettings
  let target: CalibratedRegimen
  /// Nothing without an agent.
  let evidence: AgentEvidence?
  let effect: ImmuneEffect
  /// At the dose asked for, over the full dose, by dose response.
  let strengths: [Double]
  /// One backbone for each primary control and rate it may have.
  let simulation: ForecastSimulation
  /// The control of each of them.
  let backboneControls: [String]
  let forecast: CombinationForecast
  /// The same patients without the agent.
  let control: CombinationForecast

  /// - Throws: `TumorDynamicsError`, `Refusal`, and `CancellationError`.
  init(
    _ treatment: Treatment, _ settings: DynamicsSettings, _ installed: InstalledRegimens,
    _ context: RunContext
  ) async throws {
    self.treatment = treatment
    self.settings = settings
    context.progress(0, "calibrating")
    let calibrated = try await Self.calibrate(treatment, settings, installed)
    guard let target = calibrated[treatment.name] else {
      throw Refusal("dynamics.regimen", "\(treatment.name) is not among the calibrated regimens")
    }
    self.target = target
    let spread = try await target.spread(
      through: Self.lastDay(treatment), patients: settings.calibrationPatients, seed: settings.seed)
    context.progress(0.4, "weighing the agent's trials")
    let agent = treatment.agent?.declared
    evidence =
      if let agent { try await AgentEvidence(agent, beside: calibrated, settings) } else { nil }
    effect = evidence?.effect() ?? ImmuneEffect(Self.none)
    strengths =
      evidence.map { evidence in evidence.dose.strengths(at: treatment.agent?.dose ?? 0) } ?? [1]
    context.progress(0.7, "simulating the trial")
    backboneControls = spread.map(\.control)
    simulation = try await ForecastSimulation(
      of: ForecastSetting(
        backbones: spread.map { ($0.weight, $0.backbone) },
        agent: agent?.kill(through: DynamicsSettings.lastDay, of: treatment.regimen) ?? Self.nobody,
        conduct: TrialConduct(schedule: try ScanSchedule(settings.scanDays)),
        patients: settings.patients, split: settings.split),
      reaching: Self.reach(evidence, strengths, settings), patients: settings.replicates,
      seed: settings.seed)
    forecast = try CombinationForecast(
      simulation, effect: effect, strengths: strengths, heterogeneity: settings.heterogeneity)
    control = try CombinationForecast(
      simulation, effect: ImmuneEffect(Self.none), heterogeneity: 0)
  }

  /// The regimen asked for and those the agent was tried beside.
  private static func calibrate(
    _ treatment: Treatment, _ settings: DynamicsSettings, _ installed: InstalledRegimens
  ) async throws -> [String: CalibratedRegimen] {
    let tried = treatment.agent?.declared.evidence.filter { $0.summary != nil } ?? []
    var calibrated: [String: CalibratedRegimen] = [:]
    for name in ([treatment.name] + tried.map(\.regimen)).uniqued {
      guard let regimen = installed[name] else { continue }
      calibrated[name] = try await CalibratedRegimen(
        regimen, through: lastDay(treatment), patients: settings.calibrationPatients,
        seed: settings.seed)
    }
    return calibrated
  }

  /// The last day anything is simulated for.
  private static func lastDay(_ treatment: Treatment) -> Int {
    let evidence = treatment.agent?.declared.evidence ?? []
    return evidence.reduce(DynamicsSettings.lastDay) { max($0, $1.scans.days.last ?? 0) }
  }

  /// The weakest and the strongest effect anything below is asked for.
  private static func reach(
    _ evidence: AgentEvidence?, _ strengths: [Double], _ settings: DynamicsSettings
  ) -> [Double] {
    guard let evidence else { return [] }
    let kills = evidence.posterior.prior.killsPerDay.filter { $0 > 0 }
    let doses = evidence.agent.doseLevels.flatMap(evidence.dose.strengths) + strengths
    let others = max(settings.heterogeneity, Sweep.heterogeneities.max() ?? 0)
    guard let low = kills.min(), let high = kills.max(), let weak = doses.filter({ $0 > 0 }).min(),
      let strong = doses.max()
    else { return [] }
    // Seven quantiles of the heterogeneity reach 1.64 of its standard deviations, and priors are
    // halved and doubled.
    let factor = Sweep.priorFactor * ForecastSimulation.reach(heterogeneity: others)
    return [low * weak / factor, high * strong * factor]
  }

  private static let none = ImmuneEffectGrid.none

  /// An agent that is never given.
  private static let nobody = ImmuneKill(
    killPerDay: 0, signal: ImmuneSignal(.injections([])))
}
