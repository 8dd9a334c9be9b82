/// What a row of the audit trail records.
package enum AuditAction: String, Sendable, Hashable, CaseIterable {
  case addDataset = "dataset.add"
  case dropDataset = "dataset.drop"
  case openRun = "run.open"
  case startRun = "run.start"
  case closeRun = "run.close"
  /// An earlier run's answer was given again, instead of a new run.
  case answerAgain = "run.answer"
  /// A pre-specified analysis was handed in.
  case plan
  case setting
  /// Something worth keeping that changes nothing else: a start, a self-check, a reload of plugins.
  case event
}
