import JSON
import PluginKit
import PluginProtocol
import Statistics

/// The result of a regimen's own command at the level of response rates.
struct ResponsePredictionReport: Sendable {
  let treatment: Treatment
  let settings: PredictionSettings
  /// The agent alone: the primary analysis of each of its trials, added up.
  let monotherapy: ResponseCount?
  /// One for each control, the primary ones first.
  let predictions: [ControlPrediction]
  /// The source trial's claim beside each control, where it is of this regimen.
  let observed: [ObservedCombination]

  init(
    _ treatment: Treatment, _ settings: PredictionSettings, _ context: RunContext
  ) throws {
    self.treatment = treatment
    self.settings = settings
    monotherapy = try treatment.agent?.declared.monotherapyCount
    let controls = treatment.regimen.controls
    let primaries = controls.primaries
    let ordered = primaries + controls.filter { !primaries.contains($0) }
    var predictions: [ControlPrediction] = []
    for arm in ordered {
      try context.checkCancellation()
      predictions.append(try ControlPrediction(arm, with: monotherapy, settings))
    }
    self.predictions = predictions
    observed = try Self.observed(treatment, ordered, monotherapy)
  }

  private static func observed(
    _ treatment: Treatment, _ arms: [PublishedArm], _ monotherapy: ResponseCount?
  ) throws -> [ObservedCombination] {
    guard let source = treatment.source, source.regimen == treatment.name,
      let count = source.count, let monotherapy
    else { return [] }
    return try arms.map { try ObservedCombination(count, $0, agent: monotherapy) }
  }

  func write(into document: inout ResultDocument) {
    document.primary = primary
    document.estimates = estimates
    document.tables =
      [controls] + [alone].compactMap(\.self) + (monotherapy == nil ? [] : [predicted]) + claims
    document.methods = methods
    document.notes = ResponsePredictionNotes(report: self).notes
    document.citations = citations
  }

  /// What a prediction at another level says of the same published arms.
  func writeStanding(into document: inout ResultDocument) {
    document.tables = [controls]
    document.notes = ResponsePredictionNotes(report: self).standing
    document.citations = citations
  }

  private var primary: ResultDocument.PrimaryPair? {
    guard let quoted = predictions.first else { return nil }
    let rate = quoted.bliss ?? quoted.alone
    let range = "\(points(rate.lower)) to \(points(rate.upper))"
    let control = "\(quoted.arm.name) \(quoted.arm.count.text)"
    let agent = treatment.agent.map { " with \($0.declared.title)" } ?? ""
    let basis =
      monotherapy.map {
        ", if the two act independently (response-level Bliss; \(control) and \($0.text) alone)"
      } ?? " (\(control))"
    return .init(
      interval: "beta-posterior", test: nil,
      text: "\(treatment.regimen.title)\(agent): \(percent(rate.mean)) predicted to respond"
        + " (\(shortPercent(settings.level)) credible \(range)),"
        + " \(quoted.responders.lowerBound) to \(quoted.responders.upperBound) of"
        + " \(patients(settings.patients))\(basis).")
  }

  private var estimates: [ResultDocument.Estimate] {
    guard let quoted = predictions.first else { return [] }
    let rates: [(String, String, ControlPrediction.Rate?)] = [
      ("control-rate", "Backbone alone, posterior", quoted.alone),
      ("predicted-highest", "Better part alone (HSA)", quoted.highest),
      ("predicted-bliss", "Independent (Bliss)", quoted.bliss),
    ]
    let withLimits = rates.compactMap { name, label, rate in
      rate.map { rate in
        ResultDocument.Estimate(
          name: name, label: label, value: rate.mean, unit: "proportion",
          interval: .init(
            method: "beta-posterior", level: settings.level, lower: rate.lower, upper: rate.upper),
          group: quoted.arm.name)
      }
    }
    return withLimits
      + [quoted.correlated].compactMap(\.self).map {
        ResultDocument.Estimate(
          name: "predicted-correlated", label: "Correlated \(settings.correlation)", value: $0,
          unit: "proportion", group: quoted.arm.name)
      }
  }
}

extension ResponsePredictionReport {
  private var methods: [ResultDocument.MethodChoice] {
    var methods: [ResultDocument.MethodChoice] = [
      .init(
        topic: "rates",
        choice: "independent Beta(0.5, 0.5) priors; posterior means and equal-tailed"
          + " intervals by quadrature, no simulation"),
      .init(
        topic: "responders",
        choice: "the posterior's predictive distribution, each tail cut off at half of what the"
          + " level leaves out"),
    ]
    guard let agent = treatment.agent, let monotherapy else { return methods }
    methods += [
      .init(
        topic: "correlated",
        choice: "latent normal sensitivities (Gaussian copula), exact bivariate normal",
        source: "Palmer & Sorger 2017"),
      .init(
        topic: "p bootstrap",
        choice: "one-sided; every pair of the parts' counts visited, a part without responders"
          + " taken half a patient inside"),
      .init(
        topic: "agent alone",
        choice: "\(monotherapy.text), added up over the primary analyses of"
          + " \(agent.declared.monotherapy.primaries.map(\.name).joined(separator: ", "));"
          + " no dose response: \(agent.doseText) has the same numbers as any other dose"),
    ]
    return methods
  }

  private var citations: [String] {
    let evidence = treatment.agent?.declared.evidence.map(\.citation) ?? []
    let agent = treatment.agent?.declared.monotherapy.map(\.citation) ?? []
    let methods =
      treatment.agent == nil
      ? []
      : [
        "Bliss CI (1939). The toxicity of poisons applied jointly. Ann Appl Biol 26:585–615.",
        "Palmer AC, Sorger PK (2017). Combination cancer therapy can confer benefit via"
          + " patient-to-patient variability without drug additivity or synergy. Cell 171:1678–1691.",
      ]
    return (predictions.map(\.arm.citation) + agent + evidence + methods).uniqued
  }
}

extension Treatment {
  /// The trial whose claim is carried to other backbones.
  var source: CombinationEvidence? { agent?.declared.evidence.first(where: \.isSource) }
}

extension ImmuneAgent {
  /// Responders alone, over the primary analysis of each trial.
  fileprivate var monotherapyCount: ResponseCount {
    get throws {
      let counts = monotherapy.primaries.map(\.count)
      return try ResponseCount(
        responders: counts.reduce(0) { $0 + $1.responders },
        patients: counts.reduce(0) { $0 + $1.patients })
    }
  }
}
