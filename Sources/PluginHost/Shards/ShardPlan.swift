import PluginProtocol

/// How the replicates of a run are split.
struct ShardPlan: Sendable, Hashable {
  /// In order, without a gap, none empty; sizes differ by one at most.
  let shards: [RunRequest.Shard]

  init(count: Int, width: Int) {
    let parts = max(1, min(count, width))
    shards = (0..<parts).map { part in
      let first = count * part / parts
      return RunRequest.Shard(first: first, count: count * (part + 1) / parts - first)
    }
  }
}
