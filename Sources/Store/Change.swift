/// What a caller asked the store to keep.
package enum Change: Sendable, Hashable {
  case openRun
  case startRun(RunID)
  case closeRun(RunID)
  case answerAgain(RunID)
  case addDataset(String)
  case dropDataset(String)
  case registerPlan(String)
  case note(String)
  case interruptRuns
  case backup(String)
  case emptyLog

  /// The sentence's second half when it was not kept.
  var undone: String {
    switch self {
    case .openRun: "the run was not recorded"
    case .startRun(let id): "the start of run \(id) was not recorded"
    case .closeRun(let id): "the end of run \(id) was not recorded"
    case .answerAgain(let id): "the use of run \(id)'s answer was not recorded"
    case .addDataset(let name): "data set \(name) was not added"
    case .dropDataset(let name): "data set \(name) was not dropped"
    case .registerPlan(let name): "plan \(name) was not registered"
    case .note(let action): "\"\(action)\" was not added to the audit trail"
    case .interruptRuns: "the runs a crash left open were not marked"
    case .backup(let path): "the backup \(path) was not made"
    case .emptyLog: "the log was not emptied into the database, but nothing is lost"
    }
  }
}
