import JSON
import PluginKit
import PluginProtocol
import Statistics
import TumorDynamics

/// What was fitted to an agent's trials, in tables.
struct FittedTables: Sendable {
  let evidence: AgentEvidence
  let prediction: DynamicsPrediction

  private static let none = JSONValue.null

  /// The trials, and what was made of each.
  var trials: ResultDocument.ResultTable {
    .init(
      name: "agent-trials", title: "Trials of \(evidence.agent.title)",
      columns: [
        .init("trial", "Trial"), .init("backbone", "Beside"), .init("summary", "What it saw"),
        .init("doses", "Doses, \(evidence.agent.drug.unit.rawValue)"), .init("scans", "Scan days"),
        .init("use", "Use"), .init("no-effect", "P(no effect) by it alone", .number),
        .init("verified", "Numbers"),
      ],
      rows: evidence.trials.map { trial in
        row(
          trial.evidence, trial.summary.words,
          use: trial.evidence.isSource ? "fitted, the source of the claim" : "fitted",
          noEffect: JSONValue(evidence.effect(of: [trial]).probabilityOfNoEffect))
      }
        + evidence.left.map {
          row(
            $0.evidence, $0.evidence.finding, use: "not weighed: \($0.reason)", noEffect: Self.none)
        })
  }

  private func row(
    _ trial: CombinationEvidence, _ summary: String, use: String, noEffect: JSONValue
  ) -> [JSONValue] {
    let (days, areDeclared) = trial.scans
    let scansStanding =
      areDeclared ? trial.areScansVerified ? "" : " (unverified)" : " (assumed)"
    let isVerified = trial.unverifiedWords.isEmpty && trial.isCountVerified
    return [
      .string(trial.trial), .string(trial.backbone), .string(summary),
      .string(trial.doses.map(shortNumber).joined(separator: ", ")),
      .string(days.map(String.init).joined(separator: ", ") + scansStanding),
      .string(use), noEffect, .string(isVerified ? "verified" : "some unverified"),
    ]
  }

  /// How the fit depends on the control the source's claim is held against.
  var bySourceControl: ResultDocument.ResultTable? {
    guard let source = evidence.source, let count = source.evidence.count else { return nil }
    let others = evidence.trials.filter { !$0.evidence.isSource }.map(\.primaries)
    return .init(
      name: "fitted",
      title:
        "\(source.evidence.trial), \(count.text): the effect by the control it is held against",
      columns: [
        .init("control", "Control"), .init("rate", "Its rate", .percent),
        .init("alone", "P(no effect), alone", .number),
        .init("bayes", "Bayes factor, alone", .number),
        .init("all", "With the other trials", .number), .init("kill", "KI if any, 1/d", .number),
        .init("lower", "Lower", .number), .init("upper", "Upper", .number),
      ],
      rows: source.controls.map { control, place in
        fit(control.arm.name, JSONValue(control.arm.count.rate), [place], others)
      } + [fit("primary analyses, averaged", Self.none, source.primaries, others)])
  }

  private func fit(
    _ name: String, _ rate: JSONValue, _ places: [Int], _ others: [[Int]]
  ) -> [JSONValue] {
    let posterior = evidence.posterior
    let all = posterior.effect(of: [places] + others)
    let some = all.atFullDose.ifAny
    let tail = (1 - prediction.settings.level) / 2
    return [
      .string(name), rate, JSONValue(posterior.effect(of: [places]).probabilityOfNoEffect),
      posterior.bayesFactor(of: [places]).map { JSONValue($0) } ?? .null,
      JSONValue(all.probabilityOfNoEffect),
    ]
      + [0.5, tail, 1 - tail].map { tail in some.map { JSONValue($0.quantile(tail)) } ?? Self.none }
  }

  /// Which trial the belief hangs on.
  var leftOut: ResultDocument.ResultTable? {
    guard !evidence.trials.isEmpty else { return nil }
    let sets: [(String, [AgentEvidence.Trial])] =
      [("none: the prior", []), ("all", evidence.trials)]
      + (evidence.trials.count < 2
        ? []
        : evidence.trials.map { left in
          (
            "all but \(left.evidence.trial)",
            evidence.trials.filter { $0.evidence.name != left.evidence.name }
          )
        })
    return .init(
      name: "left-out", title: "The effect by the trials that are weighed",
      columns: [
        .init("trials", "Trials"), .init("no-effect", "P(no effect)", .number),
        .init("kill", "KI if any, 1/d", .number), .init("rate", "Combination", .percent),
        .init("gain", "Gain", .percent),
      ],
      rows: sets.map { name, trials in
        let effect = evidence.effect(of: trials)
        let forecast = try? CombinationForecast(
          prediction.simulation, effect: effect, strengths: prediction.strengths,
          heterogeneity: prediction.settings.heterogeneity)
        return [
          .string(name), JSONValue(effect.probabilityOfNoEffect),
          effect.atFullDose.ifAny.map { JSONValue($0.quantile(0.5)) } ?? Self.none,
          forecast.map { JSONValue($0.responseRate.mean) } ?? Self.none,
          forecast.map { JSONValue($0.responseGain.mean) } ?? Self.none,
        ]
      })
  }
}

extension TransportEvidence.Summary {
  /// In words.
  var words: String {
    switch self {
    case .responses(let responders, let patients): "\(responders)/\(patients) responded"
    case .hazardRatio(let ratio, let lower, let upper):
      "HR \(shortNumber(ratio)) (\(shortNumber(lower)) to \(shortNumber(upper)))"
    }
  }
}
