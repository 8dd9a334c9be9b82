import JSON
import PluginData
import PluginKit
import PluginProtocol
import Statistics
import TimeToEvent

/// The result of `backtest`.
struct BacktestReport: Sendable {
  let responses: [ResponseBacktest]
  /// Nil without a data set.
  let cohorts: CohortBacktests?
  let settings: PFSSettings
  let level: Double
  let unit: TimeUnit

  func write(into document: inout ResultDocument) {
    document.primary = .init(interval: "predictive", test: nil, text: summary)
    document.estimates = coverages.map { $0.estimate }
    document.tables = tables
    document.figures = [BacktestFigure(rows: predicted, level: level).figure]
    document.notes = BacktestNotes(report: self).notes
    document.methods = BacktestMethodCard(report: self).choices
    document.citations = Set(responses.map(\.trial.citation)).sorted() + PFSMethodCard.citations
  }

  /// Trials whose agreement counts: a fitted one is no prediction, and one in words has no count.
  var predicted: [ResponseBacktest] { responses.filter { !$0.trial.isFitted } }

  var coverages: [Coverage] {
    let known = predicted.filter(\.trial.isVerified)
    let recalled = predicted.filter { !$0.trial.isVerified }
    return [
      Coverage(
        "coverage-response", "Responders within predictive limits", known.map(\.isCovered),
        without: "no trial whose numbers are all verified to count"),
      Coverage(
        "coverage-response-unverified", "The same, trials with recalled numbers",
        recalled.map(\.isCovered)),
    ]
      + (cohorts.map {
        [
          Coverage(
            "coverage-median", "Predicted median within the observed one's limits",
            $0.trials.map(\.isCovered))
        ]
      } ?? [])
  }

  private var summary: String {
    coverages.map { "\($0.label): \($0.words)." }.joined(separator: "\n")
  }

  private var tables: [ResultDocument.ResultTable] {
    let fitted = responses.filter(\.trial.isFitted)
    return [
      ResponseTable(report: self, rows: predicted).table(
        "response", "Response rates, predicted from the parts"),
      ResponseTable(report: self, rows: fitted).table(
        "fitted", "Apart, and never counted: the trial models here are fitted to"),
    ] + (cohorts.map { [CohortTable(report: self, cohorts: $0).table] } ?? [])
  }
}
