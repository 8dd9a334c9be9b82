import Glibc
import JSON
import PluginHost
import PluginProtocol
import Synchronization
import Testing

/// Every way a plugin can do wrong costs its own run, and the sentence says what it was.
@Suite(.serialized) struct MisbehaviorTests {
  @Test(
    "A breach of the protocol is named",
    arguments: [
      ("lies-about-its-version", "calls itself version 9.9.9, its manifest says 1.0.0"),
      (
        "lies-about-its-name",
        "calls itself \"somebody-else\", its manifest says \"lies-about-its-name\""
      ),
      ("speaks-another-protocol", "speaks protocol 2, the host speaks 1"),
      ("refuses-the-greeting", "refused the greeting (not today)"),
      ("greets-with-nothing", "sent a line whose greeting lacks protocol, id or version"),
      ("answers-the-wrong-id", "answered request 98, which was never made"),
      ("sends-no-json", "sent a line that is not JSON (byte 1: expected an object)"),
    ])
  func breach(way: String, sentence: String) async throws {
    let test = try await TestHost.with(way)
    let failure = await test.failure(way)
    #expect(failure?.description == "\(way) was stopped: it \(sentence)")
    #expect(test.status(way)?.lastFailure == failure?.description)
    #expect(test.status(way)?.restarts == 1)
    await test.host.shutdown()
    #expect(test.workFolders == [])
  }

  @Test("A request the host does not know is answered, and costs nothing")
  func asksTheHost() async throws {
    let test = try await TestHost.with("asks-the-host")
    #expect(
      String(decoding: try await test.run("asks-the-host").result, as: UTF8.self)
        == "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":"
        + "\"no method is called \\\"tomorrow\\\"\"}}")
    #expect(test.status("asks-the-host")?.restarts == 0)
    await test.host.shutdown()
  }

  @Test("A plugin that asks and asks and reads no answer is stopped")
  func asksWithoutEnd() async throws {
    let test = try await TestHost.with("asks-without-end") { $0.maximumLineBytes = 1 << 16 }
    #expect(
      await test.failure("asks-without-end")?.description
        == "asks-without-end was stopped: it left more than 65536 bytes of answers to its own "
        + "requests unread")
    await test.host.shutdown()
  }

  @Test("A closed channel is a breach once the process has had time to exit")
  func closedChannel() async throws {
    for (way, sentence) in [
      ("closes-in-mid-line", "closed its channel in the middle of a line"),
      ("closes-its-channel", "closed its channel"),
    ] {
      let test = try await TestHost.with(way) { settings in
        settings.killGrace = .milliseconds(50)
        settings.runLimit = .seconds(10)
      }
      #expect(await test.failure(way)?.description == "\(way) was stopped: it \(sentence)")
      await test.host.shutdown()
    }
  }

  @Test("An exit at the start fails the run that asked for the start")
  func exitsAtStart() async throws {
    let test = try await TestHost.with("exits-at-start")
    let failure = await test.failure("exits-at-start")
    guard case .died(let death) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(death.moment == .starting)
    #expect(death.exit == .code(3))
    #expect(death.lastLines == ["no license found"])
    #expect(
      death.description
        == "exits-at-start exited with code 3 while starting (peak memory \(death.peakMemory)); "
        + "it last said: no license found")
    await test.host.shutdown()
  }

  @Test("A plugin that never greets is stopped")
  func neverGreets() async throws {
    let test = try await TestHost.with("never-greets") { $0.startLimit = .milliseconds(50) }
    #expect(
      await test.failure("never-greets")?.description
        == "never-greets was stopped: it did not greet the host within 0.05 s")
    await test.host.shutdown()
  }

  @Test("An exit in mid-run keeps the last twenty lines")
  func exitsMidRun() async throws {
    let test = try await TestHost.with("exits-mid-run")
    guard case .died(let death) = await test.failure("exits-mid-run") else {
      Issue.record("no death")
      return
    }
    #expect(death.moment == .running)
    #expect(death.exit == .code(7))
    #expect(death.lastLines == (6...25).map { "line \($0)" })
    #expect(death.peakMemory.bytes > 1 << 20)
    await test.host.shutdown()
  }

  @Test("A crash names its signal")
  func crashes() async throws {
    let test = try await TestHost.with("crashes-mid-run")
    guard case .died(let death) = await test.failure("crashes-mid-run") else {
      Issue.record("no death")
      return
    }
    #expect(death.exit == .signal("SIGSEGV"))
    #expect(
      death.description
        == "crashes-mid-run was killed by SIGSEGV during a run (peak memory \(death.peakMemory)); "
        + "it last said: about to fall")
    await test.host.shutdown()
  }

  @Test("A run past its deadline is stopped")
  func hangs() async throws {
    let test = try await TestHost.with("hangs") { settings in
      settings.runLimit = .milliseconds(50)
      settings.cancelGrace = .milliseconds(20)
      settings.killGrace = .milliseconds(20)
    }
    #expect(
      await test.failure("hangs")?.description == "hangs was stopped: a run may take 0.05 s")
    await eventually("the process is gone") { test.status("hangs")?.processes == [] }
    #expect(test.status("hangs")?.restarts == 0)
    await test.host.shutdown()
    #expect(test.workFolders == [])
  }

  @Test("A cancelled run is answered at once, and the process that ignores it is killed")
  func ignoresCancel() async throws {
    let test = try await TestHost.with("ignores-cancel") { settings in
      settings.cancelGrace = .milliseconds(20)
      settings.killGrace = .milliseconds(20)
    }
    let started = AsyncStream<Void>.makeStream()
    let run = Task {
      try await test.host.run(RunRequest(analysis: "any"), plugin: "ignores-cancel") { _ in
        started.continuation.yield()
      }
    }
    for await _ in started.stream { break }
    let process = try #require(test.status("ignores-cancel")?.processes.first)
    run.cancel()
    let result = await run.result
    #expect(throws: PluginFailure.cancelled) { try result.get() }
    #expect(PluginFailure.cancelled.description == "the run was cancelled")
    #expect(ends(process))
    await eventually("the process is reaped") { test.status("ignores-cancel")?.processes == [] }
    #expect(test.status("ignores-cancel")?.restarts == 0, "a kill of the host's is no death")
    await test.host.shutdown()
  }

  @Test("A plugin that obeys a cancel stays warm, whatever it says afterward")
  func answersLate() async throws {
    let test = try await TestHost.with("answers-late")
    for _ in 0..<3 {
      let started = AsyncStream<Void>.makeStream()
      let run = Task {
        try await test.host.run(RunRequest(analysis: "any"), plugin: "answers-late") { _ in
          started.continuation.yield()
        }
      }
      for await _ in started.stream { break }
      run.cancel()
      let result = await run.result
      #expect(throws: PluginFailure.cancelled) { try result.get() }
      await eventually("the process is warm") { test.status("answers-late")?.state == .warm(1) }
    }
    #expect(test.status("answers-late")?.restarts == 0)
    await test.host.shutdown()
  }

  @Test("A flood costs little memory and the run keeps its last lines")
  func floods() async throws {
    let test = try await TestHost.with("floods")
    let before = residentBytes
    let answer = try await test.run("floods")
    #expect(answer.result == Array("1".utf8))
    #expect(answer.log.last == "the flood is over")
    #expect(answer.log.count == 2)
    #expect(answer.log.first?.utf8.count == 1000 + "…".utf8.count)
    // Half the flood: other tests of this process grow it meanwhile.
    if !TestHost.isSanitized { #expect(residentBytes - before < 100 << 20) }
    await test.host.shutdown()
  }

  @Test("A line past the limit ends the plugin before it fills the memory")
  func longLine() async throws {
    let test = try await TestHost.with("sends-a-long-line") { $0.maximumLineBytes = 1 << 20 }
    let before = residentBytes
    #expect(
      await test.failure("sends-a-long-line")?.description
        == "sends-a-long-line was stopped: it sent a line of more than 1048576 bytes")
    if !TestHost.isSanitized { #expect(residentBytes - before < 250 << 20) }
    await test.host.shutdown()
  }

  @Test("A line of 500 MiB passes no limit of 64 MiB")
  func hundredMebibytes() async throws {
    let test = try await TestHost.with("sends-a-long-line")
    #expect(
      await test.failure("sends-a-long-line")?.description
        == "sends-a-long-line was stopped: it sent a line of more than 67108864 bytes")
    await test.host.shutdown()
  }

  @Test("Half a line and an exit is a death")
  func halfALine() async throws {
    let test = try await TestHost.with("sends-half-a-line")
    guard case .died(let death) = await test.failure("sends-half-a-line") else {
      Issue.record("no death")
      return
    }
    #expect(death.exit == .code(0))
    #expect(death.moment == .running)
    await test.host.shutdown()
  }

  @Test("A second answer costs no run; the process is not used again")
  func answersTwice() async throws {
    let test = try await TestHost.with("answers-twice") { $0.firstHold = .nanoseconds(1) }
    for run in 1...4 {
      #expect(try await test.run("answers-twice").result == Array("1".utf8))
      await eventually("the process is gone") { test.status("answers-twice")?.restarts == run }
      #expect(
        test.status("answers-twice")?.lastFailure
          == "answers-twice was stopped: it answered request 2 twice")
    }
    await test.host.shutdown()
  }

  @Test("An old answer repeated during a later run costs that run nothing")
  func answersTwiceLater() async throws {
    let test = try await TestHost.with("answers-twice-later")
    for _ in 0..<4 {
      #expect(try await test.run("answers-twice-later").result == Array("2".utf8))
    }
    await eventually("the lie is noted") {
      test.status("answers-twice-later")?.lastFailure
        == "answers-twice-later was stopped: it answered request 2 twice"
    }
    await test.host.shutdown()
  }

  @Test("Progress only rises, and only that of the run in progress counts")
  func progress() async throws {
    let test = try await TestHost.with("goes-backward")
    let fractions = Mutex<[Double]>([])
    _ = try await test.host.run(RunRequest(analysis: "any"), plugin: "goes-backward") { progress in
      fractions.withLock { $0.append(progress.fraction) }
    }
    _ = try await test.run("goes-backward")
    #expect(fractions.withLock { $0 } == [0.2, 0.5, 0.5, 0.9])
    await test.host.shutdown()
  }

  @Test("What a plugin leaves behind goes with it")
  func leavesAChild() async throws {
    let test = try await TestHost.with("leaves-a-child")
    guard case .died(let death) = await test.failure("leaves-a-child"),
      let child = death.lastLines.last.flatMap(Int32.init)
    else {
      Issue.record("no death")
      return
    }
    #expect(death.exit == .code(9))
    #expect(ends(child))
    await test.host.shutdown()
  }

  @Test("A plugin that reads nothing holds nobody up but its own run")
  func doesNotRead() async throws {
    let test = try await TestHost.with("does-not-read") { settings in
      settings.runLimit = .milliseconds(50)
      settings.cancelGrace = .milliseconds(10)
      settings.killGrace = .milliseconds(10)
    }
    let request = RunRequest(
      analysis: "any", parameters: ["text": .string(String(repeating: "x", count: 4 << 20))])
    await #expect(throws: PluginFailure.deadline(plugin: "does-not-read", limit: .milliseconds(50)))
    {
      try await test.host.run(request, plugin: "does-not-read")
    }
    await test.host.shutdown()
  }

  @Test("A request larger than the pipe arrives whole")
  func largeRequest() async throws {
    let test = try await TestHost.with("behaves")
    let text = String(repeating: "x", count: 1 << 20)
    let request = RunRequest(analysis: "any", parameters: ["text": .string(text)])
    let answer = try await test.host.run(request, plugin: "behaves")
    #expect(answer.result == request.json.bytes)
    await test.host.shutdown()
  }

  @Test("A shutdown ends a plugin that outlives its input")
  func outlivesItsInput() async throws {
    let test = try await TestHost.with("outlives-its-input") { settings in
      settings.cancelGrace = .milliseconds(10)
      settings.killGrace = .milliseconds(10)
    }
    let started = AsyncStream<Void>.makeStream()
    async let failure =
      {
        do throws(PluginFailure) {
          _ = try await test.host.run(RunRequest(analysis: "any"), plugin: "outlives-its-input") {
            _ in
            started.continuation.yield()
          }
          return nil
        } catch {
          return error
        }
      }() as PluginFailure?
    for await _ in started.stream { break }
    await test.host.shutdown()
    #expect(await failure == .shuttingDown)
    #expect(test.workFolders == [])
    #expect(await test.failure("outlives-its-input") == .shuttingDown)
  }

  @Test("An answer of the wrong kind is a breach")
  func answersNonsense() async throws {
    let test = try await TestHost.with("answers-nonsense")
    await #expect {
      try await test.host.check(definition: [:], engine: "answers-nonsense")
    } throws: { error in
      "\(error)"
        == "answers-nonsense was stopped: it answered something other than diagnostics"
    }
    await test.host.shutdown()
  }

  /// The resident memory of this process.
  private var residentBytes: Int {
    guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
    defer { unsafe fclose(file) }
    var buffer = [CChar](repeating: 0, count: 256)
    guard unsafe fgets(&buffer, 256, file) != nil else { return 0 }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
  }
}
