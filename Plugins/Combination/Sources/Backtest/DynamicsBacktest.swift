import PluginKit
import PluginProtocol
import RECIST
import Statistics
import TumorDynamics

/// An agent's trials, each predicted by tumor dynamics from the others and its own control.
///
/// What is left out of the fit is all of the trial: its result, and its control where another trial is
/// held against it.
struct DynamicsBacktest: Sendable {
  struct Row: Sendable {
    let evidence: CombinationEvidence
    /// The trials the effect was fitted to; none leaves the prior.
    let fittedTo: [String]
    let effect: ImmuneEffect
    let rate: ForecastDistribution
    /// Predictive limits of its responders; nothing where no count is known.
    let responders: ClosedRange<Int>?
    /// Predictive, with the error of the observed one; nothing where none was observed.
    let hazardRatio: (mean: Double, lower: Double, upper: Double)?

    /// Whether the observed count lies within; nothing without one.
    var countIsCovered: Bool? {
      guard let count = evidence.count, let responders else { return nil }
      return responders.contains(count.responders)
    }

    var ratioIsCovered: Bool? {
      guard let ratio = evidence.hazardRatio, let hazardRatio else { return nil }
      return (hazardRatio.lower...hazardRatio.upper).contains(ratio.value)
    }
  }

  let agent: ImmuneAgent
  let rows: [Row]
  /// Trials beside a regimen that is not installed.
  let left: [CombinationEvidence]

  init(
    _ agent: ImmuneAgent, _ settings: DynamicsSettings, _ installed: InstalledRegimens,
    _ context: RunContext
  ) async throws {
    self.agent = agent
    context.progress(0, "calibrating")
    var calibrated: [String: CalibratedRegimen] = [:]
    let lastDay = agent.evidence.map { $0.scans.days.last ?? 0 }.max() ?? 0
    for name in agent.evidence.map(\.regimen).uniqued {
      guard let regimen = installed[name] else { continue }
      calibrated[name] = try await CalibratedRegimen(
        regimen, through: lastDay, patients: settings.calibrationPatients, seed: settings.seed)
    }
    let evidence = try await AgentEvidence(agent, beside: calibrated, settings)
    left = agent.evidence.filter { calibrated[$0.regimen] == nil }
    var rows: [Row] = []
    for trial in agent.evidence {
      guard let regimen = calibrated[trial.regimen] else { continue }
      context.progress(
        0.5 + 0.5 * Double(rows.count) / Double(agent.evidence.count), trial.trial)
      rows.append(try await Self.row(trial, evidence, regimen, settings))
    }
    self.rows = rows
  }

  private static func row(
    _ trial: CombinationEvidence, _ evidence: AgentEvidence, _ regimen: CalibratedRegimen,
    _ settings: DynamicsSettings
  ) async throws -> Row {
    let others = evidence.trials.filter { $0.evidence.name != trial.name }
    let effect = evidence.effect(of: others, withoutControlsOf: trial.trial)
    let strengths = trial.strengths(evidence.dose)
    let simulation = try await simulation(trial, evidence, regimen, strengths, settings)
    // Fitted beside another regimen the effect may differ here.
    let isElsewhere = others.contains { $0.evidence.regimen != trial.regimen }
    let forecast = try CombinationForecast(
      simulation, effect: effect, strengths: strengths,
      heterogeneity: isElsewhere ? settings.heterogeneity : 0)
    return Row(
      evidence: trial, fittedTo: others.map(\.evidence.trial), effect: effect,
      rate: forecast.responseRate,
      responders: trial.count.map {
        forecast.responseRate.responders(of: $0.patients, level: settings.level)
      },
      hazardRatio: trial.hazardRatio.map { ratio in
        let error =
          TransportEvidence.Summary.hazardRatio(
            ratio.value, lower: ratio.lower, upper: ratio.upper
          ).logError ?? 0
        let limits = forecast.hazardRatio.observed(logError: error, level: settings.level)
        return (forecast.meanHazardRatio, limits.lower, limits.upper)
      })
  }

  private static func simulation(
    _ trial: CombinationEvidence, _ evidence: AgentEvidence, _ regimen: CalibratedRegimen,
    _ strengths: [Double], _ settings: DynamicsSettings
  ) async throws -> ForecastSimulation {
    let days = trial.scans.days
    let points = try await regimen.spread(
      ofTrial: trial.trial, through: days.last ?? 0, patients: settings.calibrationPatients,
      seed: settings.seed)
    let kills = evidence.posterior.prior.killsPerDay.filter { $0 > 0 }
    let factor = ForecastSimulation.reach(heterogeneity: settings.heterogeneity)
    return try await ForecastSimulation(
      of: ForecastSetting(
        backbones: points.map { ($0.weight, $0.backbone) },
        agent: evidence.agent.kill(through: days.last ?? 0, of: regimen.regimen),
        conduct: TrialConduct(schedule: try ScanSchedule(days)),
        patients: trial.count?.patients ?? settings.patients),
      reaching: [
        (kills.min() ?? 0) * (strengths.min() ?? 1) / factor,
        (kills.max() ?? 0) * (strengths.max() ?? 1) * factor,
      ], patients: settings.replicates, seed: settings.seed)
  }
}
