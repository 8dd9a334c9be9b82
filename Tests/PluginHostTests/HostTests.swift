import CLinux
import Foundation
import Glibc
import JSON
import PluginHost
import PluginProtocol
import Synchronization
import Testing

/// What a host does with plugins that do right.
@Suite(.serialized) struct HostTests {
  private func result(_ answer: PluginAnswer) throws -> ResultDocument {
    try ResultDocument(json: JSONValue(parsing: answer.result))
  }

  private func request(_ analysis: String, _ parameters: JSONObject = [:]) -> RunRequest {
    RunRequest(analysis: analysis, parameters: parameters, seed: "7")
  }

  @Test("A run answers with the bytes the plugin wrote")
  func run() async throws {
    let test = try await TestHost.wellBehaved()
    let parameters: JSONObject = ["responders": ["events": 15, "total": 30], "level": 0.95]
    let answer = try await test.host.run(request("count", parameters), plugin: "well-behaved")
    #expect(
      String(decoding: answer.result, as: UTF8.self)
        == "{\"analysis\":\"count\",\"plugin\":{\"id\":\"well-behaved\",\"version\":\"1.0.0\"},"
        + "\"parameters\":{\"responders\":{\"events\":15,\"total\":30},\"level\":0.95},"
        + "\"seed\":\"7\",\"estimates\":[{\"name\":\"rate\",\"label\":\"Rate at level 0.95\","
        + "\"value\":0.5,\"count\":{\"events\":15,\"total\":30}}],\"tests\":[],\"tables\":[],"
        + "\"figures\":[],\"methods\":[],\"notes\":[],\"citations\":[]}")
    #expect(answer.log == [])
    #expect(answer.duration > .zero)
    await test.host.shutdown()
  }

  @Test("Nothing starts before it is needed, and a warm process is used again")
  func lazyAndWarm() async throws {
    let test = try await TestHost.wellBehaved()
    #expect(test.status("well-behaved")?.state == .stopped)
    _ = try await test.run("well-behaved", analysis: "steps")
    let processes = test.status("well-behaved")?.processes
    #expect(test.status("well-behaved")?.state == .warm(1))
    _ = try await test.run("well-behaved", analysis: "steps")
    #expect(test.status("well-behaved")?.processes == processes)
    await test.host.shutdown()
  }

  @Test("An idle process is stopped, without a word about it")
  func idleStop() async throws {
    let test = try await TestHost.wellBehaved { $0.idleLimit = .milliseconds(20) }
    _ = try await test.run("well-behaved", analysis: "steps")
    await eventually("the process is gone") {
      test.status("well-behaved")?.processes == [] && test.workFolders == []
    }
    #expect(test.status("well-behaved")?.state == .stopped)
    #expect(test.status("well-behaved")?.lastFailure == nil)
    _ = try await test.run("well-behaved", analysis: "steps")
    await test.host.shutdown()
  }

  @Test("A refusal carries its kind and its parameter, and the process stays")
  func refusal() async throws {
    let test = try await TestHost.wellBehaved()
    let failure = await test.failure("well-behaved", analysis: "refuse")
    #expect(
      failure
        == .refused(
          Refusal(
            "data.impossible", "no patient has a baseline", parameter: "level",
            expected: "a baseline")))
    #expect(failure?.description == "no patient has a baseline")
    #expect(
      await test.failure("well-behaved", analysis: "count")
        == .refused(
          Refusal(
            "parameter.missing",
            "responders is missing: expected responders/patients with 0 ≤ responders ≤ patients "
              + "and patients at least 1", parameter: "responders",
            expected: "responders/patients with 0 ≤ responders ≤ patients and patients at least 1"
          )))
    #expect(test.status("well-behaved")?.state == .warm(1))
    await test.host.shutdown()
  }

  @Test("A log belongs to one run")
  func log() async throws {
    let test = try await TestHost.wellBehaved()
    for lines in [3, 0, 100] {
      let answer = try await test.host.run(
        request("talk", ["lines": .integer(Int64(lines))]), plugin: "well-behaved")
      #expect(Set(answer.log).contains("said \(lines) lines"))
      #expect(answer.log.count == min(20, lines + 1))
      let printed = answer.log.filter { $0.hasPrefix("line") }
      #expect(printed == (0..<lines).map { "line \($0)" }.suffix(printed.count))
    }
    await test.host.shutdown()
  }

  @Test("The world of a plugin is small")
  func environment() async throws {
    unsafe setenv("DOUBLET_TEST_SECRET", "1", 1)
    let test = try await TestHost.wellBehaved()
    let answer = try await test.run("well-behaved", analysis: "environment")
    let world = try result(answer).parameters
    let variables = world["environment"]?.array?.compactMap(\.string) ?? []
    let names = variables.map { $0.prefix { $0 != "=" } }
    let allowed: Set = [
      "PATH", "HOME", "LANG", "TZ", "TMPDIR", "SWIFT_BACKTRACE", "DOUBLET_PLUGIN",
    ]
    #expect(names.allSatisfy { allowed.contains(String($0)) }, "\(names)")
    #expect(variables.contains("LANG=C.UTF-8"))
    #expect(variables.contains("SWIFT_BACKTRACE=enable=no"))
    let folder = try #require(world["folder"]?.string)
    #expect(variables.contains("TMPDIR=\(folder)"))
    #expect(folder.hasPrefix(test.root + "/folders/doublet-"))
    #expect(world["group"] == world["process"], "a process group of its own")
    await test.host.shutdown()
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test("Runs of one plugin use so many processes and queue for more")
  func parallel() async throws {
    let test = try await TestHost.wellBehaved { $0.processesPerPlugin = 2 }
    let answers = try await withThrowingTaskGroup(of: PluginAnswer.self) { group in
      for _ in 0..<40 {
        group.addTask { try await test.run("well-behaved", analysis: "steps") }
      }
      return try await group.reduce(into: 0) { count, _ in count += 1 }
    }
    #expect(answers == 40)
    #expect((1...2).contains(test.status("well-behaved")?.processes.count ?? 0))
    await test.host.shutdown()
  }

  @Test("A cancelled run in the queue never reaches a process")
  func cancelInQueue() async throws {
    let test = try await TestHost.wellBehaved()
    let started = AsyncStream<Void>.makeStream()
    let first = Task {
      try await test.host.run(request("wait"), plugin: "well-behaved") { _ in
        started.continuation.yield()
      }
    }
    for await _ in started.stream { break }
    let second = Task { try await test.host.run(request("steps"), plugin: "well-behaved") }
    await eventually("the second run waits") { test.status("well-behaved")?.waiting == 1 }
    second.cancel()
    let result = await second.result
    #expect(throws: PluginFailure.cancelled) { try result.get() }
    first.cancel()
    let other = await first.result
    #expect(throws: PluginFailure.cancelled) { try other.get() }
    _ = try await test.run("well-behaved", analysis: "steps")
    #expect(test.status("well-behaved")?.restarts == 0)
    await test.host.shutdown()
  }

  @Test("A busy analysis hears a cancel", arguments: ["wait", "spin"])
  func cancelBusy(analysis: String) async throws {
    let test = try await TestHost.wellBehaved { $0.cancelGrace = .seconds(30) }
    let started = AsyncStream<Void>.makeStream()
    let run = Task {
      try await test.host.run(request(analysis), plugin: "well-behaved") { _ in
        started.continuation.yield()
      }
    }
    for await _ in started.stream { break }
    run.cancel()
    _ = await run.result
    await eventually("the process is free") { test.status("well-behaved")?.state == .warm(1) }
    await test.host.shutdown()
  }

  @Test("Shards merge")
  func shards() async throws {
    let test = try await TestHost.wellBehaved()
    var partials: [JSONValue] = []
    for first in [0, 10] {
      var request = request("sum")
      request.shard = RunRequest.Shard(first: first, count: 10)
      let answer = try await test.host.run(request, plugin: "well-behaved")
      partials.append(try JSONValue(parsing: answer.result))
    }
    let answer = try await test.host.merge(partials: partials, plugin: "well-behaved")
    #expect(try result(answer).estimates.first?.value == 190)
    await test.host.shutdown()
  }

  @Test("What is not there is named")
  func unknown() async throws {
    let test = try TestHost()
    let failure = await test.failure("nobody")
    #expect(failure == .unknownPlugin("nobody"))
    #expect(failure?.description == "no plugin is called \"nobody\"")
    await test.host.shutdown()
  }

  @Test("A program that is gone cannot be started")
  func spawnFails() async throws {
    let test = try TestHost()
    try test.write("#!/no/such/interpreter\n", to: "broken/run.sh")
    let script = test.root + "/plugins/broken/run.sh"
    unsafe chmod(script, 0o755)
    try test.write(
      """
      id = "broken"
      version = "1.0.0"
      protocol = 1
      summary = "Has no interpreter"
      run = ["run.sh"]
      """, to: "broken/plugin.toml")
    await test.host.reload()
    #expect(
      await test.failure("broken")?.description
        == "broken could not be started: \(script): No such file or directory")
    await test.host.shutdown()
    #expect(test.workFolders == [])
  }

  @Test("Three deaths in a row hold a plugin back; a reload lifts it")
  func heldBack() async throws {
    let test = try await TestHost.with("exits-at-start")
    for _ in 0..<3 {
      guard case .died = await test.failure("exits-at-start") else {
        Issue.record("no death")
        return
      }
    }
    let held = await test.failure("exits-at-start")
    guard case .heldBack(_, let remaining, let reason) = held else {
      Issue.record("not held back: \(String(describing: held))")
      return
    }
    #expect(remaining > .seconds(8) && remaining <= .seconds(10))
    #expect(reason.hasPrefix("exits-at-start exited with code 3 while starting"))
    #expect(held?.description.hasPrefix("exits-at-start is held back for another ") == true)
    guard case .heldBack = test.status("exits-at-start")?.state else {
      Issue.record("the status does not say so")
      return
    }
    await test.host.reload()
    guard case .died = await test.failure("exits-at-start") else {
      Issue.record("a reload does not lift it")
      return
    }
    await test.host.shutdown()
  }

  @Test("A plugin that answers between its deaths is not held back")
  func diesBetweenRuns() async throws {
    let test = try await TestHost.with("exits-when-idle")
    for deaths in 1...6 {
      #expect(try await test.run("exits-when-idle").result == Array("1".utf8))
      await eventually("the death is noted") {
        test.status("exits-when-idle")?.restarts == deaths
      }
    }
    #expect(test.status("exits-when-idle")?.state == .stopped)
    await test.host.shutdown()
  }

  @Test("An idle plugin killed from outside is noted and costs no run")
  func killedWhileIdle() async throws {
    let test = try await TestHost.wellBehaved()
    _ = try await test.run("well-behaved", analysis: "steps")
    let process = try #require(test.status("well-behaved")?.processes.first)
    kill(process, SIGKILL)
    await eventually("the death is noted") { test.status("well-behaved")?.restarts == 1 }
    #expect(
      test.status("well-behaved")?.lastFailure?
        .hasPrefix("well-behaved was killed by SIGKILL while idle (peak memory ") == true)
    _ = try await test.run("well-behaved", analysis: "steps")
    await test.host.shutdown()
  }
}
