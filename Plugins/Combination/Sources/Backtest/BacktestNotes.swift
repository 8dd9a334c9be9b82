import PluginKit
import PluginProtocol

/// What a reader of `backtest` must know.
struct BacktestNotes {
  let report: BacktestReport

  var notes: [Note] {
    misses
      + [
        Note(
          .info, "backtest.without-itself",
          "Each combination is predicted from its parts alone: nothing is fitted to any combination,"
            + " and the rank correlation is set beforehand."),
        Note(
          .caution, "backtest.few",
          "These are the combinations at hand, not a sample of all: so few say whether the method"
            + " fails badly, not how often it holds. Limits leave out that parts and combination come"
            + " from different trials where they do."),
        Note(
          .caution, "backtest.inactive-part",
          "IMP321 alone had no response in 21 patients (recalled; its abstract claims none), so that"
            + " every null rests on the chemotherapy's rate. AIPAC's hazard ratio of progression-free"
            + " survival, 0.93 (95 % 0.67 to 1.30), covers the 1.00 that an inactive part predicts."
        ),
      ] + unverified + remarks + cohortNotes
  }

  /// Failures first.
  private var misses: [Note] {
    let missed =
      report.predicted.filter { $0.isCovered == false }.map(\.trial.name)
      + (report.cohorts?.trials.filter { $0.isCovered == false }.map(\.name) ?? [])
    guard !missed.isEmpty else { return [] }
    return [
      Note(.warning, "backtest.missed", "Outside its limits: \(missed.joined(separator: "; ")).")
    ]
  }

  private var unverified: [Note] {
    let names = report.responses.filter { !$0.trial.isVerified }.map(\.trial.name)
    guard !names.isEmpty else { return [] }
    return [
      Note(
        .warning, "backtest.unverified",
        "Some numbers of \(names.joined(separator: "; ")) are recalled and not yet found in a text;"
          + " they are counted apart.")
    ]
  }

  private var remarks: [Note] {
    report.responses.map {
      Note(.info, "backtest.trial", "\($0.trial.name): \($0.trial.remark).")
    }
  }

  private var cohortNotes: [Note] {
    guard let cohorts = report.cohorts else {
      return [
        Note(
          .info, "backtest.no-curves",
          "Progression-free survival needs the trials' times: give a data set whose cohorts are"
            + " trials with the arms \(CohortBacktest.roles.joined(separator: ", ")).")
      ]
    }
    return cohorts.notes
      + cohorts.unusable.map {
        Note(.warning, "backtest.left-out", "\($0.name) is left out: \($0.reason).")
      }
      + cohorts.trials.compactMap { trial in
        trial.noRatio.map {
          Note(.caution, "backtest.no-ratio", "\(trial.name) has no hazard ratio: \($0).")
        }
      }
      + (report.settings.firstScan == nil
        ? [
          Note(
            .info, "backtest.no-first-scan",
            "Additivity, and with it the verdict, is left out: it needs first-scan=.")
        ] : [])
  }
}
