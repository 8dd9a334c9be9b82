import JSON
package import PluginProtocol

/// A run whose replicates are split over the processes of an executor.
package struct ShardedRun: Sendable {
  private let request: RunRequest
  private let plugin: String
  private let executor: any RunExecutor
  private let plan: ShardPlan

  /// `count` is how many replicates there are.
  package init(
    _ request: RunRequest, plugin: String, count: Int, on executor: any RunExecutor
  ) {
    self.request = request
    self.plugin = plugin
    self.executor = executor
    plan = ShardPlan(count: count, width: executor.width)
  }

  /// Computes every shard, and joins them.
  ///
  /// A shard whose process dies is computed once more. When a shard fails the others are given up.
  ///
  /// - Throws: What the first shard that failed failed of, or what joining them did.
  package func answer(
    progress: @escaping @Sendable (RunProgress) -> Void
  ) async throws(PluginFailure) -> PluginAnswer {
    let start = ContinuousClock.now
    let answers = try await shards(ShardProgress(plan.shards, report: progress)).get()
    var partials: [JSONValue] = []
    for answer in answers {
      guard let partial = try? JSONValue(parsing: answer.result) else {
        throw .protocolViolation(plugin: plugin, .badAnswer("partial result"))
      }
      partials.append(partial)
    }
    var whole = try await executor.merge(partials: partials, plugin: plugin)
    whole.log = answers.flatMap(\.log) + whole.log
    whole.calls = answers.reduce(into: []) { $0.formUnion($1.calls) }
    whole.duration = ContinuousClock.now - start
    return whole
  }

  private func shards(_ progress: ShardProgress) async -> Result<[PluginAnswer], PluginFailure> {
    await withTaskGroup { group in
      for index in plan.shards.indices {
        group.addTask { (index, await answer(of: index, progress)) }
      }
      var answers: [Int: PluginAnswer] = [:]
      var failure: PluginFailure?
      for await (index, result) in group {
        switch result {
        case .success(let answer): answers[index] = answer
        case .failure(let reason):
          failure = failure ?? reason
          group.cancelAll()
        }
      }
      if let failure { return .failure(failure) }
      return .success(plan.shards.indices.compactMap { answers[$0] })
    }
  }

  private func answer(
    of index: Int, _ progress: ShardProgress
  ) async -> Result<PluginAnswer, PluginFailure> {
    var part = request
    part.shard = plan.shards[index]
    do throws(PluginFailure) {
      return .success(try await once(part, index, progress))
    } catch {
      guard case .died = error, !Task.isCancelled else { return .failure(error) }
    }
    do throws(PluginFailure) {
      return .success(try await once(part, index, progress))
    } catch {
      return .failure(error.ofShard(plan.shards[index]))
    }
  }

  private func once(
    _ part: RunRequest, _ index: Int, _ progress: ShardProgress
  ) async throws(PluginFailure) -> PluginAnswer {
    try await executor.run(part, plugin: plugin) { progress.heard($0, from: index) }
  }
}

extension PluginFailure {
  /// A death that came twice, with the replicates it happened at.
  fileprivate func ofShard(_ shard: RunRequest.Shard) -> PluginFailure {
    guard case .died(var death) = self else { return self }
    death.replicates = shard.first + 1...shard.first + shard.count
    return .died(death)
  }
}
