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

extension RunExecutor {
  /// Runs an analysis, on all processes where a parameter counts replicates it may be split by.
  package func answer(
    _ request: RunRequest, plugin: String, splitBy parameter: String?,
    progress: (@Sendable (RunProgress) -> Void)?
  ) async throws(PluginFailure) -> PluginAnswer {
    guard let parameter, let count = request.parameters[parameter]?.integer, count > 1, width > 1
    else { return try await run(request, plugin: plugin, progress: progress) }
    let sharded = ShardedRun(request, plugin: plugin, count: Int(count), on: self)
    return try await sharded.answer { progress?($0) }
  }
}

extension PluginHost: RunExecutor {
  package var width: Int { settings.processesPerPlugin }
}
