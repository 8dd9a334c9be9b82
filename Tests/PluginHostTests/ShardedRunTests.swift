import JSON
import PluginProtocol
import Synchronization
import Testing

@testable import PluginHost

/// Runs whose replicates are split over processes.
struct ShardedRunTests {
  @Test func `shards follow each other, none is empty, and sizes differ by one at most`() {
    for count in 1...60 {
      for width in 1...9 {
        let shards = ShardPlan(count: count, width: width).shards
        #expect(shards.count == min(count, width))
        var next = 0
        for shard in shards {
          #expect(shard.first == next)
          next += shard.count
        }
        #expect(next == count)
        let sizes = shards.map(\.count)
        #expect(sizes.allSatisfy { $0 > 0 && abs($0 - sizes[0]) <= 1 })
      }
    }
  }

  private func sharded(
    _ test: TestHost, _ analysis: String, _ parameters: JSONObject = [:], count: Int = 100
  ) -> ShardedRun {
    ShardedRun(
      RunRequest(analysis: analysis, parameters: parameters, seed: "7"), plugin: "well-behaved",
      count: count, on: test.host)
  }

  @Test(arguments: [1, 2, 7])
  func `any number of processes gives the same bytes`(processes: Int) async throws {
    let test = try await TestHost.wellBehaved { $0.processesPerPlugin = processes }
    let reports = Mutex<[Double]>([])
    let answer = try await sharded(test, "sum").answer { report in
      reports.withLock { $0.append(report.fraction) }
    }
    let document = try ResultDocument(json: JSONValue(parsing: answer.result))
    #expect(document.estimates.first?.value == 4950)
    let fractions = reports.withLock(\.self)
    #expect(fractions == fractions.sorted())
    #expect(fractions.last.map { abs($0 - 0.5) < 1e-12 } == true)
    let used = test.status("well-behaved")?.processes.count ?? 0
    #expect((1...processes).contains(used))
    await test.host.shutdown()
  }

  @Test func `a shard whose process is killed is computed once more`() async throws {
    let test = try await TestHost.wellBehaved { settings in
      settings.processesPerPlugin = 2
      // It remembers outside of its own folder that it has fallen.
      settings.isSandboxed = false
    }
    let parameters: JSONObject = ["at": 70, "until": .string(test.root + "/fallen")]
    let answer = try await sharded(test, "fragile", parameters).answer { _ in }
    let document = try ResultDocument(json: JSONValue(parsing: answer.result))
    #expect(document.estimates.first?.value == 4950)
    #expect(test.status("well-behaved")?.lastFailure?.contains("SIGKILL") == true)
    await test.host.shutdown()
  }

  @Test func `a shard that kills its process twice is told of`() async throws {
    let test = try await TestHost.wellBehaved { $0.processesPerPlugin = 2 }
    let failure = await #expect(throws: PluginFailure.self) {
      try await sharded(test, "fragile", ["at": 70]).answer { _ in }
    }
    let text = try #require(failure?.description)
    #expect(
      text.hasPrefix(
        "well-behaved was killed by SIGKILL during a run, twice, computing replicates 51 to 100"
          + " (peak memory "), "\(text)")
    await test.host.shutdown()
  }

  @Test func `cancelling ends every shard`() async throws {
    let test = try await TestHost.wellBehaved { $0.processesPerPlugin = 2 }
    let run = sharded(test, "wait")
    let (reports, feed) = AsyncStream.makeStream(of: Double.self)
    let task = Task { try await run.answer { feed.yield($0.fraction) } }
    for await _ in reports { break }
    task.cancel()
    await #expect(throws: PluginFailure.cancelled) { try await task.value }
    await eventually("no process is at work") {
      if case .running = test.status("well-behaved")?.state { false } else { true }
    }
    await test.host.shutdown()
  }
}
