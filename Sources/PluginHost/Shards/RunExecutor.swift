package import JSON
package import PluginProtocol

/// Where runs are computed: processes of this machine, or one day those of a cluster.
///
/// Random streams are keyed by seed and replicate, so which executor computes a shard, and beside
/// which others, makes no difference to a bit of the result.
package protocol RunExecutor: Sendable {
  /// How many requests of a plugin it computes side by side.
  var width: Int { get }

  /// Cancelling the task cancels the run.
  func run(
    _ request: RunRequest, plugin: String, progress: (@Sendable (RunProgress) -> Void)?
  ) async throws(PluginFailure) -> PluginAnswer

  /// Joins the partial results of a sharded run, in the order of their shards.
  func merge(partials: [JSONValue], plugin: String) async throws(PluginFailure) -> PluginAnswer
}

extension PluginHost: RunExecutor {
  package var width: Int { settings.processesPerPlugin }
}
