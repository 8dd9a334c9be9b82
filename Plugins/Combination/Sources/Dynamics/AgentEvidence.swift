import Foundation
import PluginKit
import PluginProtocol
import RECIST
import Statistics
import TumorDynamics

/// What the published trials of an immune agent say of its effect.
struct AgentEvidence: Sendable {
  /// A trial that was weighed.
  struct Trial: Sendable {
    let evidence: CombinationEvidence
    let summary: TransportEvidence.Summary
    /// The controls it was held against, and the places of those summaries.
    let controls: [(control: CalibratedRegimen.Control, place: Int)]

    /// Those that count together: of every trial with a control one analysis.
    var primaries: [Int] {
      let primaries = controls.filter(\.control.isPrimary).map(\.place)
      return primaries.isEmpty ? controls.map(\.place) : primaries
    }
  }

  let agent: ImmuneAgent
  let dose: DoseResponsePrior
  let trials: [Trial]
  /// Trials that could not be weighed, and why.
  let left: [(evidence: CombinationEvidence, reason: String)]
  let posterior: TransportPosterior

  /// Weighs every trial of an agent, each beside its own chemotherapy at its own dose.
  ///
  /// - Parameters:
  ///   - agent: The agent.
  ///   - calibrated: The calibrated regimens, by name.
  ///   - settings: The prior, and how many patients are simulated.
  /// - Throws: `TumorDynamicsError` for a summary that cannot be, and `CancellationError`.
  init(
    _ agent: ImmuneAgent, beside calibrated: [String: CalibratedRegimen],
    _ settings: DynamicsSettings
  ) async throws {
    self.agent = agent
    dose = agent.doseResponse
    var (trials, left): ([Trial], [(CombinationEvidence, String)]) = ([], [])
    var items: [TransportEvidence] = []
    for evidence in agent.evidence {
      guard let summary = evidence.summary else {
        left.append((evidence, "no count of responders and no hazard ratio are known"))
        continue
      }
      guard let regimen = calibrated[evidence.regimen] else {
        left.append((evidence, "\(evidence.regimen) is not installed"))
        continue
      }
      let controls = evidence.controls(of: regimen)
      let first = items.count
      items += try controls.map {
        try evidence.item(summary, against: $0, regimen.regimen, agent, agent.doseResponse)
      }
      trials.append(
        Trial(
          evidence: evidence, summary: summary,
          controls: controls.enumerated().map { ($1, first + $0) }))
    }
    (self.trials, self.left) = (trials, left)
    posterior = try await TransportPosterior(
      prior: try agent.effectPrior(noEffect: settings.noEffect).grid(), evidence: items,
      doseResponses: DoseResponsePrior.points,
      patients: settings.replicates, seed: settings.seed)
  }

  /// The effect under all trials.
  func effect(prior: ImmuneEffectGrid? = nil) -> ImmuneEffect {
    posterior.effect(of: trials.map(\.primaries), prior: prior)
  }

  /// The effect under some trials alone.
  func effect(of trials: [Trial]) -> ImmuneEffect {
    posterior.effect(of: trials.map(\.primaries))
  }

  /// The same, as if nobody knew the control of one of the others.
  func effect(of trials: [Trial], withoutControlsOf name: String) -> ImmuneEffect {
    posterior.effect(
      of: trials.map { trial in
        let all = trial.primaries
        let known = trial.controls.filter { $0.control.arm.trial != name }.map(\.place)
        return all.filter(known.contains)
      }.filter { !$0.isEmpty })
  }

  var source: Trial? { trials.first(where: \.evidence.isSource) }
}

extension ImmuneAgent {
  /// How its effect may depend on the dose; that of its definition is the full one.
  var doseResponse: DoseResponsePrior {
    DoseResponsePrior(
      fullDose: fullDose, halfDose: constant(.halfDose).value,
      spread: constants[.halfDoseSpread].value)
  }

  /// A constant as declared or assumed, the half dose in the unit of the dose.
  func constant(_ constant: EngineConstant) -> ModelConstant {
    let value = constants[constant]
    guard constant == .halfDose else { return value }
    let isDeclared = constants.contains { $0.name == constant.rawValue }
    return ModelConstant(
      value.name, isDeclared ? value.value : value.value * fullDose, unit: drug.unit.rawValue,
      value.basis, isDeclared ? value.source : "\(shortNumber(value.value)) \(value.source)")
  }

  func effectPrior(noEffect: Double) -> ImmuneEffectPrior {
    ImmuneEffectPrior(
      probabilityOfNoEffect: noEffect, medianPerDay: constants[.effectMedian].value,
      spread: constants[.effectSpread].value)
  }
}

extension CombinationEvidence {
  /// What is weighed: a randomized comparison before a count, as patients of one trial speak once.
  var summary: TransportEvidence.Summary? {
    if isRandomized, let ratio = hazardRatio {
      return .hazardRatio(ratio.value, lower: ratio.lower, upper: ratio.upper)
    }
    return count.map { .responses(responders: $0.responders, patients: $0.patients) }
  }

  /// A randomized trial has a control of its own; another one is held against every published arm.
  fileprivate func controls(of regimen: CalibratedRegimen) -> [CalibratedRegimen.Control] {
    let own = regimen.controls.filter { $0.arm.trial == trial }
    return isRandomized && !own.isEmpty ? own : regimen.controls
  }

  /// Where its scans are not declared.
  private static let assumedScanDays = Array(stride(from: 56, through: 336, by: 56))

  /// The days of its scans, and whether they are declared.
  var scans: (days: [Int], areDeclared: Bool) {
    scanDays.isEmpty ? (Self.assumedScanDays, false) : (scanDays, true)
  }

  fileprivate func item(
    _ summary: TransportEvidence.Summary, against control: CalibratedRegimen.Control,
    _ regimen: Regimen, _ agent: ImmuneAgent, _ dose: DoseResponsePrior
  ) throws(TumorDynamicsError) -> TransportEvidence {
    let days = scans.days
    return TransportEvidence(
      name, summary, isVerified: unverifiedWords.isEmpty && isCountVerified,
      backbones: [(1, control.backbone)],
      agent: agent.kill(through: days.last ?? 0, of: regimen),
      conduct: TrialConduct(schedule: try ScanSchedule(days)), strengths: strengths(dose))
  }

  /// Over its dose levels, each with as many patients, as far as anybody knows.
  func strengths(_ dose: DoseResponsePrior) -> [Double] {
    guard !doses.isEmpty else { return dose.strengths(at: dose.fullDose) }
    let each = doses.map(dose.strengths)
    return (0..<DoseResponsePrior.points).map { place in
      each.reduce(0) { $0 + $1[place] } / Double(doses.count)
    }
  }
}
