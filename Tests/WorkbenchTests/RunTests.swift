import ClientProtocol
import JSON
import PluginHost
import PluginProtocol
import Store
import Synchronization
import Testing

@testable import Workbench

@Suite(.timeLimit(.minutes(2)))
struct RunTests {
  @Test func answersAndRecordsARun() async throws {
    try await Bench.with { (bench) async throws in
      let result = try await bench.session.say("echo 15/30 level=0.9")
      #expect(
        result.object?.keys == [
          "analysis", "title", "plugin", "parameters", "estimates", "tests", "tables", "figures",
          "methods", "notes", "citations", "run",
        ])
      #expect(result["analysis"] == "echo")
      #expect(result["plugin"] == ["id": "echo", "version": "1.0.0"])
      #expect(
        result["parameters"]?.text
          == #"{"count":{"events":15,"total":30},"level":0.9,"mode":"plain","window":28}"#)
      #expect(result["estimates"]?.array?.first?["value"] == .number(1.0 / 3))
      #expect(result["run"]?["id"] == "1")
      #expect(result["run"]?["stored"] == false)

      let record = try #require(try bench.store.run(RunID(number: 1)))
      #expect(record.state == .done)
      #expect(record.request.command == "echo 15/30 level=0.9")
      #expect(record.request.caller == Caller(uid: Bench.peer.uid, user: "4000000001"))
      #expect(
        record.request.parameters
          == #"{"count":{"events":15,"total":30},"level":0.9,"mode":"plain","window":28}"#)
      #expect(record.seconds == result["run"]?["durationSeconds"]?.number)
      #expect(bench.workbench.isIdle)
    }
  }

  @Test func answersTheSameRequestFromTheStore() async throws {
    try await Bench.with { (bench) async throws in
      let first = try await bench.session.say("echo mode=moody 1/2 seed=07")
      let rows = try bench.store.auditHead().sequence
      var second = try await bench.session.say("echo seed=7 count=1/2 level=95% mode=moody")
      #expect(second["run"]?["id"] == "1")
      #expect(second["run"]?["stored"] == true)
      #expect(try bench.store.auditHead().sequence == rows + 1)
      #expect(try bench.store.auditRows(limit: 1).first?.action == "run.answer")
      #expect(try bench.store.runs(limit: 9).count == 1)
      #expect(ResultComparison.firstDifference(first, second) == nil)

      second = try await bench.session.say("echo mode=moody 1/2 seed=7 fresh=yes")
      #expect(second["run"]?["id"] == "2")
      #expect(second["run"]?["stored"] == false)
      for other in ["echo mode=moody 1/2 seed=8", "echo mode=moody 1/2", "echo mode=moody 1/3"] {
        #expect(try await bench.session.say(other)["run"]?["stored"] == false, "\(other)")
      }
    }
  }

  @Test func doesNotAnswerAFailureFromTheStore() async throws {
    try await Bench.with { (bench) async throws in
      #expect(try await bench.session.refusal("echo 1/2 refuse").run == "1")
      #expect(try await bench.session.refusal("echo 1/2 refuse").run == "2")
    }
  }

  @Test func pointsARefusalAtItsParameter() async throws {
    try await Bench.with { (bench) async throws in
      var failure = CommandFailure(
        .refused, "there are not that many patients", at: 12..<16, parameter: "count",
        expected: "a count of the trial", run: "1")
      failure.reason = "count.impossible"
      #expect(try await bench.session.refusal("echo refuse 9/10") == failure)
      let record = try #require(try bench.store.run(RunID(number: 1)))
      #expect(record.state == .refused)
      #expect(record.error == failure.json.text)
    }
  }

  @Test func aDeathCostsItsOwnRunOnly() async throws {
    try await Bench.with { (bench) async throws in
      let failure = try await bench.session.refusal("echo die")
      #expect(failure.kind == .pluginFailed)
      #expect(failure.message.hasPrefix("echo was killed by SIGABRT during a run"))
      #expect(failure.run == "1")
      #expect(try bench.store.run(RunID(number: 1))?.state == .failed)
      #expect(try await bench.session.say("echo 1/2")["run"]?["id"] == "2")
    }
  }

  @Test func givesAPluginTheFileOfTheDataset() async throws {
    try await Bench.with { (bench) async throws in
      let imported = try await bench.importTrial()
      let hash = try #require(imported["dataset"]?["hash"]?.string)
      let result = try await bench.session.say("reader p011 at=1d")
      #expect(result["dataset"] == ["name": "p011", "hash": .string(hash)])
      let path = try #require(result["notes"]?.array?.first?["text"]?.string)
      #expect(path == bench.folder.path + "/data/datasets/\(hash).sqlite")
      #expect(try bench.store.run(RunID(number: 1))?.request.datasetHash == hash)
    }
  }

  @Test func twentyOverlappingRunsEachGetTheirOwnAnswer() async throws {
    try await Bench.with { (bench) async throws in
      let answers = try await withThrowingTaskGroup(of: (Int, JSONValue).self) { group in
        for number in 1...20 {
          group.addTask {
            (number, try await bench.session.say("echo \(number)/30", in: nil))
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.count == 20)
      for (number, answer) in answers {
        #expect(answer["estimates"]?.array?.last?["value"]?.integer == Int64(number))
      }
      #expect(Set(answers.compactMap { $0.1["run"]?["id"]?.string }).count == 20)
      #expect(try bench.store.runCounts() == [.done: 20])
      #expect(try await bench.store.verifyAudit().isIntact)
    }
  }

  @Test func aPlainRunEndsWithItsConnection() async throws {
    try await Bench.with { (bench) async throws in
      let other = bench.workbench.makeSession(Bench.peer)
      let (started, waiting) = Self.signal()
      let task = Task {
        try await other.ask(.command, ["line": "echo wait"]) { _, run in
          started.yield(run)
        }
      }
      #expect(await waiting.first { _ in true } == "1")
      await other.connectionClosed()
      let failure = await #expect(throws: CommandFailure.self) { try await task.value }
      #expect(failure == CommandFailure(.cancelled, "the run was cancelled", run: "1"))
      #expect(try bench.store.run(RunID(number: 1))?.state == .cancelled)
    }
  }

  /// A stream to yield to once something has begun.
  static func signal() -> (AsyncStream<String?>.Continuation, AsyncStream<String?>) {
    let (stream, continuation) = AsyncStream.makeStream(of: String?.self)
    return (continuation, stream)
  }

  @Test func aCancelledTaskCancelsItsRun() async throws {
    try await Bench.with { (bench) async throws in
      let (started, waiting) = Self.signal()
      let task = Task {
        try await bench.session.ask(.command, ["line": "echo wait"]) { _, _ in started.yield(nil) }
      }
      _ = await waiting.first { _ in true }
      task.cancel()
      let failure = await #expect(throws: CommandFailure.self) { try await task.value }
      #expect(failure?.kind == .cancelled)
      #expect(try bench.store.runCounts() == [.cancelled: 1])
    }
  }

  @Test func aRequestIsCancelledByItsID() async throws {
    try await Bench.with { (bench) async throws in
      let (started, waiting) = Self.signal()
      let task = Task {
        try await bench.session.ask(
          .analysisRun, ["analysis": "echo", "parameters": ["mode": "wait"]], id: 7
        ) { _, _ in started.yield(nil) }
      }
      _ = await waiting.first { _ in true }
      #expect(try await bench.session.ask(.runCancel, ["request": 8]) == ["cancelled": false])
      let stranger = bench.workbench.makeSession(Bench.peer)
      #expect(try await stranger.ask(.runCancel, ["request": 7]) == ["cancelled": false])
      #expect(try await bench.session.ask(.runCancel, ["request": 7]) == ["cancelled": true])
      await #expect(throws: CommandFailure(.cancelled, "the run was cancelled", run: "1")) {
        try await task.value
      }
    }
  }

  @Test func aSubmittedRunOutlivesItsConnection() async throws {
    try await Bench.with { (bench) async throws in
      let other = bench.workbench.makeSession(Bench.peer)
      let answer = try await other.ask(.runSubmit, ["line": "echo wait"])
      #expect(answer == ["run": "1", "stored": false])
      #expect(try bench.store.run(RunID(number: 1))?.state.isFinal == false)
      await other.connectionClosed()
      let state = try await bench.session.ask(.runWait, ["run": "1", "timeoutSeconds": 0.01])
      #expect(state["state"] == "running" || state["state"] == "queued")

      let stranger = bench.workbench.makeSession(Peer(uid: 4_000_000_002, pid: 2))
      await #expect(
        throws: CommandFailure(
          .unknownRun, "run 1 is another user's", at: 7..<8, expected: "a run of your own",
          run: "1")
      ) { try await stranger.say("cancel 1") }
      #expect(try await bench.session.say("cancel 1")["title"] == "Run 1 is being cancelled")
      let ended = try await bench.session.ask(.runWait, ["run": 1])
      #expect(ended["state"] == "cancelled")
      #expect(ended["error"]?["message"] == "the run was cancelled")
      await #expect(
        throws: CommandFailure(
          .unknownRun, "run 1 is not under way: it is cancelled", at: 7..<8,
          expected: "a run that has not ended", run: "1")
      ) { try await bench.session.say("cancel 1") }
    }
  }

  @Test func aSubmittedRunIsWaitedForWithItsProgress() async throws {
    try await Bench.with { (bench) async throws in
      let run = try await bench.session.ask(
        .runSubmit, ["analysis": "echo", "parameters": ["count": "3/4"], "seed": 5])
      #expect(run["run"] == "1")
      let ended = try await bench.session.ask(.runWait, ["run": "1"])
      #expect(ended["state"] == "done")
      #expect(ended["seed"] == "5")
      #expect(ended["result"]?["estimates"]?.array?.last?["value"] == 3)
      #expect(ended["result"]?["run"]?["id"] == "1")
      #expect(try await bench.session.ask(.runGet, ["run": 1]) == ended)
      let again = try await bench.session.ask(.runSubmit, ["line": "echo 3/4 seed=5"])
      #expect(again == ["run": "1", "stored": true])

      _ = try await bench.session.ask(.runSubmit, ["line": "echo wait"])
      let (heard, waiting) = Self.signal()
      let wait = Task {
        try await bench.session.ask(.runWait, ["run": "2"]) { progress, run in
          heard.yield(progress.message.map { "\($0) \(run ?? "")" })
        }
      }
      #expect(await waiting.first { _ in true } == "waiting 2")
      try await bench.session.say("cancel 2")
      #expect(try await wait.value["state"] == "cancelled")
    }
  }

  @Test func submittedRunsStandInLineAndOthersDoNot() async throws {
    try await Bench.with(submittedRunsAtOnce: 1) { (bench) async throws in
      _ = try await bench.session.ask(.runSubmit, ["line": "echo wait"])
      await bench.waitForTurn(of: 1)
      _ = try await bench.session.ask(.runSubmit, ["line": "echo 1/2"])
      #expect(try await bench.session.say("echo 1/3")["run"]?["id"] == "3")
      #expect(try bench.store.run(RunID(number: 2))?.state == .queued)
      _ = try await bench.session.ask(.runSubmit, ["line": "echo 1/4"])
      try await bench.session.say("cancel 2")
      #expect(try await bench.session.ask(.runWait, ["run": "2"])["state"] == "cancelled")
      #expect(try bench.store.run(RunID(number: 2))?.startedAt == nil)
      try await bench.session.say("cancel 1")
      #expect(try await bench.session.ask(.runWait, ["run": "4"])["state"] == "done")
    }
  }

  @Test func shutdownInterruptsWhatDoesNotEnd() async throws {
    try await Bench.with(submittedRunsAtOnce: 1) { (bench) async throws in
      let (started, waiting) = Self.signal()
      let plain = Task {
        try await bench.session.ask(.command, ["line": "echo wait"]) { _, _ in started.yield(nil) }
      }
      _ = await waiting.first { _ in true }
      _ = try await bench.session.ask(.runSubmit, ["line": "echo wait fresh=yes"])
      await bench.waitForTurn(of: 2)
      _ = try await bench.session.ask(.runSubmit, ["line": "echo 1/2"])
      await bench.workbench.shutdown(grace: .milliseconds(20))
      await #expect(
        throws: CommandFailure(.stopping, "doubletd stopped before the run ended", run: "1")
      ) { try await plain.value }
      #expect(try bench.store.runCounts() == [.interrupted: 3])
      await #expect(
        throws: CommandFailure(.stopping, "doubletd is stopping; no new runs are taken")
      ) { try await bench.session.say("echo 1/5") }
    }
  }

  @Test func shutdownWaitsForRunsToEnd() async throws {
    try await Bench.with { (bench) async throws in
      let (started, waiting) = Self.signal()
      let plain = Task {
        try await bench.session.ask(.command, ["line": "echo wait"]) { _, _ in started.yield(nil) }
      }
      _ = await waiting.first { _ in true }
      let shutdown = Task { await bench.workbench.shutdown(grace: .seconds(600)) }
      while !bench.workbench.registry.isStopping { await Task.yield() }
      #expect(try await bench.session.say("status")["title"] == "doubletd is stopping")
      try await bench.session.say("cancel 1")
      await shutdown.value
      #expect(try bench.store.runCounts() == [.cancelled: 1])
      await #expect(throws: CommandFailure.self) { try await plain.value }
    }
  }

  @Test func aRunWhoseEndIsNotKeptIsNotDone() async throws {
    let bench = try await Bench()
    let (started, waiting) = Self.signal()
    let task = Task {
      try await bench.session.ask(.command, ["line": "echo wait"]) { _, _ in started.yield(nil) }
    }
    _ = await waiting.first { _ in true }
    try bench.store.close()
    task.cancel()
    await #expect(
      throws: CommandFailure(
        .store, "the store is closed: the end of run 1 was not recorded", run: "1")
    ) { try await task.value }
    #expect(bench.workbench.registry.unclosed.count == 1)
    #expect(bench.workbench.isIdle)
    try await bench.end(closingStore: false)
  }

  @Test func aRunThatCannotBeRecordedDoesNotBegin() async throws {
    let bench = try await Bench()
    try bench.store.close()
    await #expect(
      throws: CommandFailure(.store, "the store is closed: the run was not recorded")
    ) { try await bench.session.say("echo mode=die fresh=yes") }
    await #expect(
      throws: CommandFailure(.store, "the store is closed: the run was not recorded")
    ) { try await bench.session.ask(.runSubmit, ["line": "echo mode=die fresh=yes"]) }
    #expect(bench.host.status().allSatisfy { $0.state == .stopped })
    try await bench.end(closingStore: false)
  }
}
