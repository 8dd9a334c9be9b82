import JSON
import PluginKit
import PluginProtocol
import Statistics

extension ResponsePredictionReport {
  /// The published arms a prediction rests on.
  var controls: ResultDocument.ResultTable {
    .init(
      name: "controls", title: "Published arms of the backbone alone, with credible limits",
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
          JSONValue(prediction.alone.upper), .string(arm.populationText),
          .string(arm.assessor.rawValue),
          arm.medianProgressionFreeMonths.map { JSONValue($0) } ?? .null,
          arm.medianSurvivalMonths.map { JSONValue($0) } ?? .null,
          .string(arm.countStanding),
        ]
      })
  }

  /// Whose responses the agent's rate alone rests on.
  var alone: ResultDocument.ResultTable? {
    guard let agent = treatment.agent else { return nil }
    let unit = agent.declared.drug.unit.rawValue
    return .init(
      name: "alone", title: "\(agent.declared.title) alone",
      columns: [
        .init("arm", "Arm"), .init("trial", "Trial"), .init("count", "Responders"),
        .init("population", "Of"), .init("doses", "Doses, \(unit)"), .init("assessor", "Read by"),
        .init("verified", "Count"), .init("note", "Note"),
      ],
      rows: agent.declared.monotherapy.map { arm in
        [
          .string(arm.name), .string(arm.trial), .string(arm.count.text),
          .string(arm.populationText),
          .string(arm.doses.map(shortNumber).joined(separator: ", ")),
          .string(arm.assessor.rawValue), .string(arm.countStanding), .string(arm.note ?? ""),
        ]
      })
  }

  /// What each of them makes of the combination.
  var predicted: ResultDocument.ResultTable {
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
  var claims: [ResultDocument.ResultTable] {
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
        .init("expected", "Bliss at observed rates", .percent),
        .init("excess", "Above it", .percent),
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
