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
    document.tables = [controls] + (monotherapy == nil ? [] : [predicted]) + claims
    document.methods = methods
    document.notes = ResponsePredictionNotes(report: self).notes
    document.citations = citations
  }

  private var primary: ResultDocument.PrimaryPair? {
    guard let quoted = predictions.first else { return nil }
    let rate = quoted.bliss ?? quoted.alone
    let range = "\(points(rate.lower)) to \(points(rate.upper))"
    let parts =
      monotherapy.map { agent in
        "with \(treatment.agent?.declared.title ?? "") acting independently (response-level Bliss, "
          + "\(agent.text) alone)"
      } ?? "alone"
    return .init(
      interval: "beta-posterior", test: nil,
      text: "Predicted response rate of \(treatment.regimen.title) \(parts), control"
        + " \(quoted.arm.name) \(quoted.arm.count.text): \(percent(rate.mean))"
        + " (\(shortPercent(settings.level)) credible \(range));"
        + " \(quoted.responders.lowerBound) to \(quoted.responders.upperBound) of"
        + " \(patients(settings.patients)) would respond.")
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
  private var controls: ResultDocument.ResultTable {
    .init(
      name: "controls", title: "Published arms of the backbone alone",
      columns: [
        .init("control", "Control"), .init("trial", "Trial"), .init("standing", "Analysis"),
        .init("count", "Responders"), .init("rate", "Rate", .percent),
        .init("lower", "Lower", .percent), .init("upper", "Upper", .percent),
        .init("population", "Of"), .init("assessor", "Read by"),
        .init("pfs", "Median PFS, mo", .number), .init("os", "Median OS, mo", .number),
        .init("verified", "Count"),
      ],
      rows: predictions.map { prediction in
        let arm = prediction.arm
        let isPrimary = treatment.regimen.controls.primaries.contains(arm)
        return [
          .string(arm.name), .string(arm.trial), .string(isPrimary ? "primary" : "alternative"),
          .string(arm.count.text), JSONValue(arm.count.rate), JSONValue(prediction.alone.lower),
          JSONValue(prediction.alone.upper), .string(arm.population),
          .string(arm.assessor.rawValue),
          arm.medianProgressionFreeMonths.map { JSONValue($0) } ?? .null,
          arm.medianSurvivalMonths.map { JSONValue($0) } ?? .null,
          .string(arm.countStanding),
        ]
      })
  }

  private var predicted: ResultDocument.ResultTable {
    .init(
      name: "predicted", title: "Predicted response rate of the combination, by control",
      columns: [
        .init("control", "Control"), .init("rate", "Its rate", .percent),
        .init("highest", "HSA", .percent),
        .init("correlated", "Correlated \(settings.correlation)", .percent),
        .init("bliss", "Bliss", .percent), .init("lower", "Lower", .percent),
        .init("upper", "Upper", .percent),
        .init("responders", "Responders of \(settings.patients)"),
      ],
      rows: predictions.map { prediction in
        [.string(prediction.arm.name), JSONValue(prediction.arm.count.rate)]
          + [
            prediction.highest?.mean, prediction.correlated, prediction.bliss?.mean,
            prediction.bliss?.lower, prediction.bliss?.upper,
          ].map { $0.map { JSONValue($0) } ?? .null }
          + [
            .string("\(prediction.responders.lowerBound)–\(prediction.responders.upperBound)")
          ]
      })
  }

  /// The source trial's claim: held against this backbone's controls, or carried over to it.
  private var claims: [ResultDocument.ResultTable] {
    if let source = treatment.source, let count = source.count, !observed.isEmpty {
      return [claim(source, count)]
    }
    return carriedOver.map { [$0] } ?? []
  }

  private func claim(
    _ source: CombinationEvidence, _ count: ResponseCount
  ) -> ResultDocument.ResultTable {
    .init(
      name: "claim", title: "\(source.trial), \(count.text), against each control",
      columns: [
        .init("control", "Control"), .init("rate", "Its rate", .percent),
        .init("expected", "Bliss", .percent), .init("excess", "Above it", .percent),
        .init("bootstrap-p", "p bootstrap", .pValue), .init("posterior", "P(rate above)", .number),
        .init("implied", "Agent alone needs", .percent),
        .init("chi-square-p", "p chi-square v control", .pValue),
      ],
      rows: observed.map { row in
        [
          .string(row.arm.name), JSONValue(row.arm.count.rate), JSONValue(row.excess.expectedRate),
          JSONValue(row.excess.excess), JSONValue(row.bootstrapPValue),
          JSONValue(row.posteriorProbability), row.impliedRate.map { JSONValue($0) } ?? .null,
          JSONValue(row.chiSquarePValue),
        ]
      })
  }

  /// What this backbone would do if the agent alone had the rate the source trial implies.
  private var carriedOver: ResultDocument.ResultTable? {
    guard let source = treatment.source, let count = source.count, !source.controls.isEmpty,
      let quoted = predictions.first?.arm
    else { return nil }
    return .init(
      name: "carried-over",
      title: "If all of \(source.trial)'s excess were the agent's: Bliss with \(quoted.name)",
      columns: [
        .init("source-control", "Control of \(source.backbone)"),
        .init("source-rate", "Its rate", .percent),
        .init("implied", "Agent alone would need", .percent),
        .init("combination", "With this backbone", .percent),
      ],
      rows: source.controls.map { control in
        let implied = ResponseNull.bliss.impliedRate(of: count.rate, beside: control.rate)
        return [
          .string(control.text), JSONValue(control.rate),
          implied.map { JSONValue($0) } ?? .null,
          implied.map { JSONValue(ResponseNull.bliss.rate(quoted.count.rate, $0)) } ?? .null,
        ]
      })
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
    return
      (predictions.map(\.arm.citation) + agent + evidence + [
        "Bliss CI (1939). The toxicity of poisons applied jointly. Ann Appl Biol 26:585–615.",
        "Palmer AC, Sorger PK (2017). Combination cancer therapy can confer benefit via"
          + " patient-to-patient variability without drug additivity or synergy. Cell 171:1678–1691.",
      ]).uniqued
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

extension PublishedArm {
  /// Where the count comes from, in a word.
  fileprivate var countStanding: String {
    isCountVerified ? isDerived ? "from a percentage" : "verified" : "unverified"
  }
}
