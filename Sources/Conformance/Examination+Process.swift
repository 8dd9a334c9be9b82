import JSON
import PluginHost
import PluginProtocol

extension Examination {
  private static let runCount = 1000
  /// What a thousand runs may add to the memory of a process.
  private static let allowedGrowth: UInt64 = 32 << 20

  /// A cancelled run leaves the process ready for the next, soon.
  ///
  /// The run is cancelled when it first reports progress, or after a moment.
  mutating func checkCancel(
    _ host: PluginHost, _ plugin: InstalledPlugin, _ example: RunRequest
  ) async {
    let (moments, signal) = AsyncStream<Void>.makeStream()
    let run = Task {
      defer { signal.finish() }
      return try await host.run(example, plugin: plugin.id) { _ in signal.yield() }
    }
    let timer = Task {
      try? await Task.sleep(for: .milliseconds(100))
      signal.yield()
    }
    for await _ in moments { break }
    timer.cancel()
    run.cancel()
    _ = await run.result
    await checkIsFree(host, plugin)
  }

  private mutating func checkIsFree(_ host: PluginHost, _ plugin: InstalledPlugin) async {
    let start = ContinuousClock.now
    let outcome = await self.run(host, plugin, RunRequest(analysis: "no-such-analysis"))
    let elapsed = ContinuousClock.now - start
    switch outcome {
    case .success, .failure(.refused):
      let isSoon = elapsed < patience
      note(
        "cancel", isSoon,
        isSoon
          ? "free again \(elapsed.wholeMilliseconds) ms after a cancel"
          : "still at work \(patience.components.seconds) s after a cancel")
    case .failure(let failure): note("cancel", false, "not usable after a cancel: \(failure)")
    }
  }

  /// The same request with the same seed has the same answer in another process, byte for byte.
  mutating func checkDeterminism(
    _ host: PluginHost, _ plugin: InstalledPlugin, _ example: RunRequest
  ) async {
    let other = makeHost()
    await other.reload(checkingDefinitions: false)
    let first = await run(host, plugin, example)
    let second = await run(other, plugin, example)
    await other.shutdown()
    guard case (.success(let one), .success(let two)) = (first, second) else {
      return note("determinism", false, "the example no longer runs: \(first), \(second)")
    }
    let isSame = one.result == two.result
    note(
      "determinism", isSame,
      isSame ? "the same seed gives the same bytes" : "the same seed gives different bytes")
  }

  /// Many runs, until a time is up, do not make the process grow.
  ///
  /// In a process of their own: what is measured is the most memory it ever held, and a large run
  /// before would hide what small ones leave behind.
  mutating func checkManyRuns(_ plugin: InstalledPlugin, _ example: RunRequest) async {
    let host = makeHost()
    await host.reload(checkingDefinitions: false)
    await checkManyRuns(host, plugin, example)
    await host.shutdown()
  }

  private mutating func checkManyRuns(
    _ host: PluginHost, _ plugin: InstalledPlugin, _ example: RunRequest
  ) async {
    let start = ContinuousClock.now
    let limit = start + manyRunsLimit
    var count = 0
    var warm: UInt64 = 0
    while count < Self.runCount, ContinuousClock.now < limit {
      if case .failure(let failure) = await run(host, plugin, example) {
        return note("many-runs", false, "run \(count + 1) of the same request: \(failure)")
      }
      count += 1
      printed = printed.suffix(100)
      if count == Self.runCount / 10 { warm = peak(host, plugin) }
      // At this pace there would be nothing to judge by when the time is up.
      let elapsed = ContinuousClock.now - start
      if warm == 0, elapsed > .seconds(4), elapsed * (Self.runCount / 10) > manyRunsLimit * count {
        break
      }
    }
    guard warm > 0 else {
      return skip(
        "many-runs", "\(count) runs in a time too short for more, too few to judge its memory by")
    }
    // The kernel keeps the figure roughly: it may be read a little lower than before.
    let growth = max(peak(host, plugin), warm) - warm
    let measured = "\(count) runs; the last \(count - Self.runCount / 10) added"
    note(
      "many-runs", growth <= Self.allowedGrowth,
      growth <= Self.allowedGrowth
        ? "\(measured) \(growth >> 10) KiB"
        : "its memory grows with every run: \(measured) \(growth >> 20) MiB")
  }

  private func peak(_ host: PluginHost, _ plugin: InstalledPlugin) -> UInt64 {
    host.status().first { $0.id == plugin.id }?.peakMemory?.bytes ?? 0
  }

  /// A shard is a part of the whole: any split gives the same bits.
  mutating func checkShards(
    _ host: PluginHost, _ plugin: InstalledPlugin, _ examples: [RunRequest]
  ) async {
    for analysis in plugin.manifest.analyses where analysis.shards != nil {
      guard let example = examples.first(where: { $0.analysis == analysis.name }) else {
        skip("shards.\(analysis.name)", "no run of \(analysis.name) to split")
        continue
      }
      let id = "shards.\(analysis.name)"
      do throws(PluginFailure) {
        let whole = try await merged(host, plugin, example, [0..<64])
        let split = try await merged(host, plugin, example, [0..<1, 1..<40, 40..<64])
        note(
          id, whole == split,
          whole == split ? "any split gives the same bits" : "a split changes the result")
      } catch {
        note(id, false, "\(error)")
      }
    }
  }

  private func merged(
    _ host: PluginHost, _ plugin: InstalledPlugin, _ example: RunRequest, _ split: [Range<Int>]
  ) async throws(PluginFailure) -> [UInt8] {
    var partials: [JSONValue] = []
    for range in split {
      var request = example
      request.shard = RunRequest.Shard(first: range.lowerBound, count: range.count)
      let answer = try await host.run(request, plugin: plugin.id)
      partials.append((try? JSONValue(parsing: answer.result)) ?? .null)
    }
    return try await host.merge(partials: partials, plugin: plugin.id).result
  }

  /// What a plugin prints is its log; an answer there has missed the host.
  mutating func checkPrints() {
    let stray = printed.first { $0.hasPrefix("{") && $0.contains("jsonrpc") }
    note(
      "prints", stray == nil,
      stray.map { "printed what belongs on descriptor 4: \($0)" }
        ?? "what it prints does not disturb the protocol")
  }

  /// The process exits when the host closes its input.
  mutating func checkEnd(_ host: PluginHost, _ plugin: InstalledPlugin) async {
    let start = ContinuousClock.now
    await host.shutdown()
    let elapsed = ContinuousClock.now - start
    let isSoon = elapsed < patience
    note(
      "end", isSoon,
      isSoon
        ? "gone \(elapsed.wholeMilliseconds) ms after its input closed"
        : "still there \(patience.components.seconds) s after its input closed")
  }
}

extension Duration {
  fileprivate var wholeMilliseconds: Int { Int((self / .milliseconds(1)).rounded()) }
}
