import PluginKit
import PluginProtocol
import TimeToEvent
import TrialData

/// The trials of a data set whose cohorts are trials.
struct CohortBacktests: Sendable {
  let trials: [CohortBacktest]
  /// Cohorts that could not be used, each with the reason.
  let unusable: [(name: String, reason: String)]
  /// Of who was selected.
  let notes: [Note]

  /// - Throws: `Refusal` where no cohort can be used.
  init(
    _ reader: ArmReader, _ settings: PFSSettings, _ context: RunContext
  ) throws {
    var (trials, unusable): ([CohortBacktest], [(String, String)]) = ([], [])
    for name in Set(reader.subjects.compactMap(\.cohort)).sorted() {
      try context.checkCancellation()
      do {
        trials.append(try CohortBacktest(name, reader, settings, context))
      } catch let refusal as Refusal {
        unusable.append((name, refusal.message))
      }
    }
    guard !trials.isEmpty else {
      throw Refusal(
        "data.no-trials",
        ([
          "no cohort of \(reader.name) can be backtested: each must be one trial with the arms"
            + " \(CohortBacktest.roles.joined(separator: ", "))"
        ]
          + unusable.prefix(5).map { "\($0): \($1)" }).joined(separator: "; "))
    }
    self.trials = CohortBacktest.adjusted(trials)
    self.unusable = unusable
    notes = reader.notes
  }
}
