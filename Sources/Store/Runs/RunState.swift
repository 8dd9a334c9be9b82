/// Where a run stands.
package enum RunState: String, Sendable, Hashable, CaseIterable {
  case queued
  case running
  /// The plugin answered.
  case done
  /// The plugin died, hung, lied or ran into a limit.
  case failed
  /// The plugin said no: bad input or impossible data.
  case refused
  case cancelled
  /// The daemon ended before the run did.
  case interrupted

  /// Whether the run has ended, and so never changes again.
  package var isFinal: Bool { self != .queued && self != .running }
}
