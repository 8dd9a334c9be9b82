import JSON
import PluginKit
import PluginProtocol
import Statistics
import TumorDynamics

extension DynamicsReport {
  var tables: [ResultDocument.ResultTable] {
    [calibration, course] + agentTables + [constants]
  }

  private var agentTables: [ResultDocument.ResultTable] {
    guard let evidence = prediction.evidence else { return [] }
    let fits = FittedTables(evidence: evidence, prediction: prediction)
    return [fits.trials, fits.bySourceControl, fits.leftOut].compactMap(\.self)
      + [doses(evidence), contributions] + [assumptions].compactMap(\.self)
  }

  /// What each published arm made of the backbone.
  private var calibration: ResultDocument.ResultTable {
    .init(
      name: "calibration", title: "Backbone calibrated to each published arm",
      columns: [
        .init("control", "Control"), .init("rate", "Its rate", .percent),
        .init("pfs", "Median PFS, mo", .number), .init("scans", "Scans every, d", .count),
        .init("missing", "Not evaluable", .percent), .init("kill", "KD, 1/d", .number),
        .init("hazard", "New lesions, 1/d", .number), .init("simulated", "Simulated", .percent),
        .init("free", "Free of PD at median", .percent),
      ],
      rows: prediction.target.controls.map { control in
        let (arm, backbone) = (control.arm, control.backbone)
        return [
          .string(arm.name), JSONValue(arm.count.rate),
          arm.medianProgressionFreeMonths.map { JSONValue($0) } ?? .null,
          .integer(Int64(backbone.control.scanIntervalDays)),
          JSONValue(backbone.control.notEvaluableShare), JSONValue(backbone.killPerDay),
          JSONValue(backbone.newLesionHazard), JSONValue(backbone.responseRate.value),
          backbone.progressionResidual.map { JSONValue($0 + 0.5) } ?? .null,
        ]
      })
  }

  /// Freedom from progression on each scan day.
  private var course: ResultDocument.ResultTable {
    let isCombined = treatment.agent != nil
    let (alone, both) = (prediction.control.progressionFree, prediction.forecast.progressionFree)
    let free: [ResultDocument.Column] = [
      .init("day", "Day", .count), .init("alone", "Backbone alone", .percent),
    ]
    let combined: [ResultDocument.Column] = [
      .init("combined", "Combination", .percent), .init("lower", "Lower", .percent),
      .init("upper", "Upper", .percent),
    ]
    return .init(
      name: "progression-free", title: "Predicted to be free of progression at each scan",
      columns: free + (isCombined ? combined : []),
      rows: settings.scanDays.indices.map { scan in
        let limits = both[scan].interval(level: settings.level)
        return [
          .integer(Int64(settings.scanDays[scan])),
          JSONValue(alone[scan].mean),
        ]
          + (isCombined
            ? [
              JSONValue(both[scan].mean), JSONValue(limits.lower),
              JSONValue(limits.upper),
            ] : [])
      })
  }

  /// What a dose is predicted to do.
  private func doses(_ evidence: AgentEvidence) -> ResultDocument.ResultTable {
    let unit = evidence.agent.drug.unit.rawValue
    let asked = treatment.agent?.dose ?? evidence.agent.fullDose
    return .init(
      name: "doses", title: "By dose of \(evidence.agent.title)",
      columns: [
        .init("dose", "Dose, \(unit)", .number),
        .init("weakest", "Of full effect, least", .percent),
        .init("strongest", "Most", .percent), .init("rate", "Responding", .percent),
        .init("lower", "Lower", .percent), .init("upper", "Upper", .percent),
        .init("gain", "Gain", .percent), .init("hazard-ratio", "HR", .number),
      ],
      rows: Set(evidence.agent.doseLevels + [asked, evidence.agent.fullDose]).sorted().compactMap {
        dose in
        let strengths = evidence.dose.strengths(at: dose)
        guard
          let forecast = try? CombinationForecast(
            prediction.simulation, effect: prediction.effect, strengths: strengths,
            heterogeneity: settings.heterogeneity)
        else { return nil }
        let rate = forecast.responseRate
        let limits = rate.interval(level: settings.level)
        return [
          JSONValue(dose), JSONValue(strengths.min() ?? 0), JSONValue(strengths.max() ?? 0),
          JSONValue(rate.mean), JSONValue(limits.lower), JSONValue(limits.upper),
          JSONValue(forecast.meanGain), JSONValue(forecast.meanHazardRatio),
        ]
      })
  }

  /// Where the width of what the trial will see comes from.
  private var contributions: ResultDocument.ResultTable {
    let parts = prediction.forecast.contributions
    let whole = parts.reduce(0) { $0 + $1.variance }
    return .init(
      name: "contributions",
      title: "What makes the rate of \(patients(settings.patients)) uncertain",
      columns: [
        .init("source", "Source"), .init("sd", "SD, points", .number),
        .init("share", "Of the variance", .percent),
      ],
      rows: parts.map { part in
        [
          .string(part.source.words), JSONValue(part.variance.squareRoot() * 100),
          JSONValue(part.variance / whole),
        ]
      })
  }

  private var assumptions: ResultDocument.ResultTable? {
    guard let sweep else { return nil }
    return .init(
      name: "assumptions", title: "With one assumption changed at a time",
      columns: [
        .init("assumption", "Assumption"), .init("value", "Value"),
        .init("no-effect", "P(no effect)", .number), .init("alone", "Alone", .percent),
        .init("rate", "Combination", .percent), .init("lower", "Lower", .percent),
        .init("upper", "Upper", .percent), .init("hazard-ratio", "HR", .number),
      ],
      rows: sweep.rows.map { row in
        let rate = row.rate
        let limits = rate.interval(level: settings.level)
        return [
          .string(row.assumption), .string(row.value), JSONValue(row.probabilityOfNoEffect),
          JSONValue(rate.mean - row.meanGain), JSONValue(rate.mean),
          JSONValue(limits.lower), JSONValue(limits.upper),
          JSONValue(row.meanHazardRatio),
        ]
      })
  }

  /// Every number the engine took, and where from.
  private var constants: ResultDocument.ResultTable {
    let model = treatment.regimen.patientModel.constants.filter {
      $0.name != ChemotherapyModel.standard.newLesionHazard.name
        && $0.name != ChemotherapyModel.standard.notEvaluableShare.name
    }
    let own = [EngineConstant.resistanceDecay, .effectHalfLife].map {
      treatment.regimen.constants[$0]
    }
    let agent =
      treatment.agent.map { agent in EngineConstant.ofAgent.map { agent.declared.constant($0) } }
      ?? []
    return .init(
      name: "dynamics-constants", title: "Constants of the simulation",
      columns: [
        .init("constant", "Constant"), .init("value", "Value", .number), .init("unit", "Unit"),
        .init("basis", "Basis"), .init("source", "Source"),
      ],
      rows: (model + own + agent).map { constant in
        [
          .string(constant.name), JSONValue(constant.value), .string(constant.unit),
          .string(constant.basis.rawValue), .string(constant.source),
        ]
      })
  }
}

extension ForecastContribution.Source {
  /// In words.
  fileprivate var words: String {
    switch self {
    case .effect: "how strong the effect is, or none"
    case .dose: "how it depends on the dose"
    case .disease: "how it differs in this disease"
    case .control: "what the backbone alone does"
    case .sampling: "which patients enter"
    }
  }
}
