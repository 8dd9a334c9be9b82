import PluginHost
import Testing

/// Memory and processor time a plugin may use, and what is said of them.
@Suite(.serialized) struct ResourceLimitTests {
  @Test("Memory without end meets its limit")
  func allocates() async throws {
    if TestHost.isSanitized {
      print("skipped: a sanitizer cannot live under RLIMIT_AS")
      return
    }
    let test = try await TestHost.with("allocates-without-end") {
      $0.memoryLimitBytes = 1 << 30
    }
    guard case .died(let death) = await test.failure("allocates-without-end") else {
      Issue.record("no death")
      return
    }
    #expect(death.exit == .signal("SIGABRT"))
    // A child's count begins with what the tests' own process held, which may be as much.
    if death.peakMemory.isUpperBound {
      print("skipped: the tests themselves have held \(death.peakMemory)")
    } else {
      #expect((512 << 20)...(1 << 30) ~= death.peakMemory.bytes)
    }
    #expect(death.lastLines == ["one more gibibyte"])
    await test.host.shutdown()
  }

  @Test("A run past its processor time is stopped, and that is no death", arguments: [false, true])
  func burns(isDeaf: Bool) async throws {
    let way = isDeaf ? "burns-deafly" : "burns"
    let test = try await TestHost.with(way) { settings in
      settings.cpuLimit = .seconds(1)
      settings.cpuGrace = .seconds(isDeaf ? 1 : 1000)
    }
    #expect(
      await test.failure(way)?.description
        == "\(way) was stopped: a run may use 1 s of processor time")
    #expect(test.status(way)?.restarts == 0)
    await eventually("the process is gone") { test.status(way)?.processes == [] }
    await test.host.shutdown()
    #expect(test.workFolders == [])
  }

  @Test("Each run has its own processor time, however warm the process")
  func burnsAgain() async throws {
    let test = try await TestHost.with("burns") { $0.cpuLimit = .seconds(1) }
    for _ in 0..<5 {
      #expect(try await test.run("burns", analysis: "short").result == Array("1".utf8))
    }
    #expect(test.status("burns")?.restarts == 0)
    await test.host.shutdown()
  }

  @Test("What is in force is said")
  func limits() throws {
    let test = try TestHost()
    #expect(
      test.host.limits.sentence
        == "a run may take 600 s and use any processor time; a plugin process may hold at most "
        + "4096 MiB of address space")
    let limited = try TestHost { settings in
      settings.cpuLimit = .seconds(20)
      settings.memoryLimitBytes = nil
    }
    #expect(
      limited.host.limits.sentence
        == "a run may take 600 s and use 20 s of processor time (processes it starts are counted "
        + "one by one); a plugin process may hold any amount of address space")
  }
}
