/// What a plugin answered.
package struct PluginAnswer: Sendable, Hashable {
  /// The result, byte for byte as the plugin wrote it: one JSON value that has been checked.
  package var result: [UInt8]
  /// The last lines the run printed, oldest first; at most 20.
  package var log: [String]
  /// From the moment the plugin was asked.
  package var duration: Duration
  /// The analyses it had the host run, and those that these had it run.
  package var calls: Set<CalledAnalysis> = []
}
