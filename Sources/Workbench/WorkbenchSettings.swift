/// What of the workbench may be set.
package struct WorkbenchSettings: Sendable, Hashable {
  /// How many submitted runs are computed at once; others wait in line.
  ///
  /// Runs somebody waits for do not stand in that line.
  package var submittedRunsAtOnce: Int
  /// How long a run may go on answering a cancellation before the shutdown no longer waits for it.
  package var cancellationGrace: Duration
  /// Doublet's own, for the records that are filed.
  package var version: String
  /// Where the author kits and the templates of new plugins are; nil where they are not installed.
  package var kitFolder: String?

  package init(
    submittedRunsAtOnce: Int = 1, cancellationGrace: Duration = .seconds(3),
    version: String = "unknown", kitFolder: String? = nil
  ) {
    self.submittedRunsAtOnce = submittedRunsAtOnce
    self.cancellationGrace = cancellationGrace
    self.version = version
    self.kitFolder = kitFolder
  }
}
