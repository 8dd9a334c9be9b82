import JSON
import PluginKit
import PluginProtocol
import Statistics
import TumorDynamics

/// An agent's trials predicted by tumor dynamics, as `backtest` prints them.
struct DynamicsBacktestTables: Sendable {
  let backtest: DynamicsBacktest
  let level: Double

  private var counted: [DynamicsBacktest.Row] { backtest.rows.filter { !$0.evidence.isSource } }

  func write(into document: inout ResultDocument) {
    let fitted = backtest.rows.filter(\.evidence.isSource)
    document.primary?.text +=
      "\n" + coverages.map { "\($0.label): \($0.words)." }.joined(separator: "\n")
    document.estimates += coverages.map(\.estimate)
    document.tables.append(
      table(
        "dynamics",
        "Trials of \(backtest.agent.title), each predicted by tumor dynamics without itself",
        counted))
    if !fitted.isEmpty {
      document.tables.append(
        table("dynamics-fitted", "Apart, and never counted: the source of the claim", fitted))
    }
    document.notes += notes
    document.methods.append(
      .init(
        topic: "tumor dynamics",
        choice:
          "the effect fitted to the agent's other trials, the backbone calibrated to the trial's"
          + " own control where it has one; \(shortPercent(level)) limits hold the trial's own chance"
      ))
  }

  private var coverages: [Coverage] {
    [
      Coverage(
        "coverage-dynamics-response", "Responders within limits of tumor dynamics",
        counted.map(\.countIsCovered)),
      Coverage(
        "coverage-dynamics-hazard-ratio", "Hazard ratios within limits of tumor dynamics",
        counted.map(\.ratioIsCovered)),
    ]
  }

  private func table(
    _ name: String, _ title: String, _ rows: [DynamicsBacktest.Row]
  ) -> ResultDocument.ResultTable {
    .init(
      name: name, title: title,
      columns: [
        .init("trial", "Trial"), .init("fitted", "Effect fitted to"),
        .init("no-effect", "P(no effect)", .number), .init("rate", "Predicted", .percent),
        .init("limits", "Responders within"), .init("observed", "Observed"),
        .init("within", "Within"), .init("hr", "Predicted HR", .number),
        .init("hr-lower", "Lower", .number), .init("hr-upper", "Upper", .number),
        .init("hr-observed", "Observed HR", .number), .init("hr-within", "HR within"),
        .init("verification", "Numbers"),
      ], rows: rows.map(row))
  }

  private func row(_ row: DynamicsBacktest.Row) -> [JSONValue] {
    let trial = row.evidence
    func word(_ isCovered: Bool?) -> JSONValue {
      .string(isCovered.map { $0 ? "yes" : "NO" } ?? "not counted")
    }
    let limits = row.responders.map { "\($0.lowerBound)–\($0.upperBound)" }
    let isVerified = trial.isCountVerified && trial.unverifiedWords.isEmpty
    return [
      .string(trial.trial),
      .string(row.fittedTo.isEmpty ? "none: the prior" : row.fittedTo.joined(separator: ", ")),
      JSONValue(row.effect.probabilityOfNoEffect), JSONValue(row.rate.mean),
      .string(limits ?? ""), .string(trial.count?.text ?? trial.finding),
      word(row.countIsCovered), row.hazardRatio.map { JSONValue($0.mean) } ?? .null,
      row.hazardRatio.map { JSONValue($0.lower) } ?? .null,
      row.hazardRatio.map { JSONValue($0.upper) } ?? .null,
      trial.hazardRatio.map { JSONValue($0.value) } ?? .null, word(row.ratioIsCovered),
      .string(isVerified ? "verified" : "some unverified"),
    ]
  }

  private var notes: [Note] {
    let missed = counted.filter { $0.countIsCovered == false || $0.ratioIsCovered == false }
    return missed.map {
      Note(.warning, "backtest.missed", "\($0.evidence.trial) lies outside its limits.")
    } + [
      Note(
        .caution, "backtest.dynamics",
        "Tumor dynamics fits the effect to the agent's other trials, without the control of the one that"
          + " is predicted. Limits of so few trials are wide: to lie within them is a weak test. A model in which the"
          + " effect can only help is tested by trials that saw none.")
    ]
      + backtest.left.map {
        Note(
          .warning, "backtest.left-out",
          "\($0.trial) is left out: \($0.regimen) is not installed or cannot be calibrated.")
      }
  }
}
