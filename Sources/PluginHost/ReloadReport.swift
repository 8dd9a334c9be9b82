/// What a reload found.
package struct ReloadReport: Sendable, Hashable {
  /// The ids of the plugins in force, sorted.
  package var plugins: [String] = []
  package var added: [String] = []
  /// Plugins whose manifest or files differ from before.
  package var changed: [String] = []
  package var removed: [String] = []
  /// Plugins that are in force as they were before, because what is in their folder now is faulty.
  package var kept: [String] = []
  /// Every problem; a plugin with one keeps the form it had before, if any.
  package var problems: [ManifestProblem] = []
}
