import Glibc
import JSON
import PluginHost
import PluginProtocol
import Testing

/// How runs inside runs end, and how they are split.
@Suite(.serialized) struct InnerRunEndTests {
  /// A run of `other` that waits for one of `well-behaved`, which waits without end.
  private func waiting(_ test: TestHost) async -> Task<Double?, any Error> {
    let outer = Task {
      try await CallingPlugins.run(test, "call-c", "wait", given: [:]).document.estimates[0].value
    }
    await eventually("both are at work") {
      test.host.status().allSatisfy { $0.state == .running(1) && $0.waiting == 0 }
    }
    return outer
  }

  @Test("A run whose process dies takes the runs inside it along")
  func outerDeath() async throws {
    let test = try await CallingPlugins.host { $0.cancelGrace = .seconds(10) }
    let outer = await waiting(test)
    kill(try #require(test.status("other")?.processes.first), SIGKILL)
    guard case .failure(PluginFailure.died(let death)) = await outer.result else {
      Issue.record("no death")
      return
    }
    #expect(death.exit == .signal("SIGKILL"))
    await eventually("the inner one is free") { test.status("well-behaved")?.state == .warm(1) }
    #expect(test.status("well-behaved")?.restarts == 0)
    await test.host.shutdown()
  }

  @Test("A run past its deadline takes the runs inside it along")
  func outerDeadline() async throws {
    let test = try await CallingPlugins.host { settings in
      settings.runLimit = .seconds(2)
      settings.cancelGrace = .seconds(10)
    }
    let result = await waiting(test).result
    #expect(throws: PluginFailure.self) { try result.get() }
    await eventually("both are free") {
      test.host.status().allSatisfy { $0.state == .warm(1) && $0.restarts == 0 }
    }
    await test.host.shutdown()
  }

  @Test("A shutdown ends runs inside runs")
  func shutdown() async throws {
    let test = try await CallingPlugins.host()
    let outer = await waiting(test)
    await test.host.shutdown()
    let result = await outer.result
    #expect(throws: PluginFailure.shuttingDown) { try result.get() }
    #expect(test.workFolders == [])
  }

  /// Alone, the plugin's run adds nothing: only shards that were joined make a sum.
  ///
  /// Joining needs a process, too, while every run that may begin waits for it.
  @Test("The replicates of an inner run are split and joined, however many wait for it")
  func shards() async throws {
    let test = try await CallingPlugins.host { $0.processesPerPlugin = 2 }
    try await withThrowingTaskGroup(of: Double?.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await CallingPlugins.run(test, "call-a", "sum", given: [:]).document.estimates.first?
            .value
        }
      }
      for try await value in group { #expect(value == 4950) }
    }
    await test.host.shutdown()
  }
}
