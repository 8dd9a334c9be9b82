import JSON
import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent

/// Progression-free survival of a data set's trials, predicted and observed.
struct CohortTable {
  let report: BacktestReport
  let cohorts: CohortBacktests

  var table: ResultDocument.ResultTable {
    .init(
      name: "progression-free",
      title: "Medians of progression-free survival, \(report.unit.rawValue)",
      columns: [
        .init("trial", "Trial"), .init("first", "First", .number),
        .init("second", "Second", .number), .init("predicted", "Predicted", .number),
        .init("predicted-lower", "Lower", .number), .init("predicted-upper", "Upper", .number),
        .init("observed", "Observed", .number), .init("lower", "Lower", .number),
        .init("upper", "Upper", .number), .init("within", "Within"),
        .init("ratio-independent", "HR, independent", .number),
        .init("q-independent", "q", .pValue), .init("ratio-additive", "HR, additive", .number),
        .init("q-additive", "q", .pValue), .init("verdict", "Verdict"),
      ], rows: cohorts.trials.map(row))
  }

  private func row(_ trial: CohortBacktest) -> [JSONValue] {
    let days = [
      trial.comparison.first.curve.median, trial.comparison.second.curve.median, trial.predicted,
      trial.comparison.quoted.median.lower, trial.comparison.quoted.median.upper,
      trial.observed.time, trial.observed.lower, trial.observed.upper,
    ]
    return [.string(trial.name)] + days.map(cell)
      + [.string(trial.isCovered.map { $0 ? "yes" : "NO" } ?? "not counted")]
      + ratio(trial.independent) + ratio(trial.additive)
      + [trial.verdict(level: report.level).map { .string($0.rawValue) } ?? .null]
  }

  private func cell(_ day: Double?) -> JSONValue {
    day.map { .number(report.unit.value($0)) } ?? .string("not reached")
  }

  private func ratio(_ adjusted: CohortBacktest.Adjusted?) -> [JSONValue] {
    guard let adjusted else { return [.null, .null] }
    return [
      .number(adjusted.hazard.coefficient.hazardRatio), .number(adjusted.falseDiscoveryRate),
    ]
  }
}
