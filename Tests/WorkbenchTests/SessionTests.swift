import ClientProtocol
import JSON
import PluginProtocol
import Store
import Testing

@testable import Workbench

@Suite(.timeLimit(.minutes(2)))
struct SessionTests {
  @Test func sessionsKeepTheirDefaultsApart() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial("p011")
      try await bench.importTrial("p012", subjects: 4)
      let other = bench.workbench.makeSession(Bench.peer)
      #expect(try await bench.session.say("use p011")["title"] == "The session's data set is p011")
      try await other.say("use p012")
      try await bench.session.say("set level=0.8")
      #expect(try await bench.session.say("echo")["dataset"]?["name"] == "p011")
      #expect(try await bench.session.say("echo")["parameters"]?["level"] == 0.8)
      #expect(try await other.say("echo")["dataset"]?["name"] == "p012")
      #expect(try await other.say("echo")["parameters"]?["level"] == 0.95)
      #expect(try await other.say("echo 1/2")["dataset"] == nil)
      let program = try await bench.session.ask(.analysisRun, ["analysis": "echo"])
      #expect(program["dataset"] == nil)
      #expect(program["parameters"]?["level"] == 0.95)
    }
  }

  @Test func setListsAndClears() async throws {
    try await Bench.with { (bench) async throws in
      #expect(try await bench.session.say("set")["title"] == "Nothing is set")
      let set = try await bench.session.say("set level=90% seed=3 sides=4")
      #expect(
        set["tables"]?.array?.first?["rows"]
          == [["level", "90%"], ["seed", "3"], ["sides", "4"]])
      let cleared = try await bench.session.say("set level= seed=\"\"")
      #expect(cleared["tables"]?.array?.first?["rows"] == [["sides", "4"]])
    }
  }

  @Test(
    arguments: [
      (
        "set levle=0.9",
        CommandFailure(
          .unknownParameter, "no analysis has a parameter \"levle\"", at: 4..<9,
          parameter: "levle", expected: "a parameter of an analysis", nearest: "level")
      ),
      (
        "set level=2",
        CommandFailure(
          .invalidParameter, "level cannot be 2", at: 10..<11, parameter: "level",
          expected: "a probability strictly between 0 and 1")
      ),
      (
        "set dataset=p011",
        CommandFailure(
          .usage, "set does not choose the data set", at: 4..<11, expected: "use NAME")
      ),
      (
        "set seed=x",
        CommandFailure(
          .invalidParameter, "seed cannot be x", at: 9..<10, parameter: "seed",
          expected: "a whole number from 0 to 18446744073709551615")
      ),
      (
        "set level 0.9",
        CommandFailure(
          .usage, "set has no use for level", at: 4..<9, expected: "set [KEY=VALUE…]")
      ),
      (
        "ecko 1/2",
        CommandFailure(
          .unknownCommand, "there is no command \"ecko\"", at: 0..<4,
          expected: "a command; help lists them", nearest: "echo")
      ),
      (
        "frobnicate 1",
        CommandFailure(
          .unknownCommand, "there is no command \"frobnicate\"", at: 0..<10,
          expected: "a command; help lists them")
      ),
      (
        "show",
        CommandFailure(
          .usage, "show needs the number of a run", at: 0..<4, expected: "show RUN")
      ),
      (
        "show 1 2",
        CommandFailure(
          .usage, "show has no use for 2", at: 7..<8, expected: "show RUN")
      ),
      (
        "show one",
        CommandFailure(
          .unknownRun, "there is no run one", at: 5..<8,
          expected: "the number of a run; runs lists them")
      ),
      (
        "rerun 9",
        CommandFailure(
          .unknownRun, "there is no run 9", at: 6..<7,
          expected: "the number of a run; runs lists them")
      ),
      (
        "cancel 9",
        CommandFailure(
          .unknownRun, "there is no run 9", at: 7..<8,
          expected: "the number of a run; runs lists them")
      ),
      (
        "runs limit=0",
        CommandFailure(
          .invalidParameter, "limit cannot be 0", at: 11..<12, parameter: "limit",
          expected: "a whole number, from 1 to 10000")
      ),
      (
        "runs limti=5",
        CommandFailure(
          .unknownParameter, "runs has no parameter \"limti\"", at: 5..<10, parameter: "limti",
          expected: "one of limit", nearest: "limit")
      ),
      (
        "audit verfy",
        CommandFailure(
          .usage, "audit has no use for verfy", at: 6..<11, expected: "audit [verify] [limit=20]",
          nearest: "verify")
      ),
      (
        "plugins relaod",
        CommandFailure(
          .usage, "plugins has no use for relaod", at: 8..<14,
          expected: "plugins [reload | check FOLDER | new regimen|swift|python|r NAME [to=FOLDER]]",
          nearest: "reload")
      ),
      (
        "datasets all",
        CommandFailure(
          .usage, "datasets has no use for all", at: 9..<12, expected: "datasets")
      ),
      (
        "help ecko",
        CommandFailure(
          .unknownCommand, "there is no command \"ecko\"", at: 5..<9,
          expected: "a command; help lists them", nearest: "echo")
      ),
      (
        "describe p01",
        CommandFailure(
          .unknownDataset, "there is no data set \"p01\"", at: 9..<12,
          expected: "a data set; datasets lists them")
      ),
      (
        "drop p01",
        CommandFailure(
          .unknownDataset, "there is no data set \"p01\"", at: 5..<8,
          expected: "a data set; datasets lists them")
      ),
    ])
  func refuses(_ line: String, _ failure: CommandFailure) async throws {
    try await Bench.with { (bench) async throws in
      #expect(try await bench.session.refusal(line) == failure)
      #expect(try bench.store.runCounts().isEmpty)
    }
  }

  @Test(
    arguments: [
      (.command, [:], "command needs \"line\""),
      (.command, ["line": 7], "\"line\" of command is wrong"),
      (.command, ["line": "status", "fromat": "text"], "command has no \"fromat\""),
      (.command, ["line": "status", "format": "xml"], "\"format\" of command is wrong"),
      (.analysisRun, [:], "analysis.run needs \"analysis\""),
      (.analysisRun, ["analysis": "ecko"], "there is no analysis \"ecko\""),
      (.analysisRun, ["analysis": "help"], "there is no analysis \"help\""),
      (
        .analysisRun, ["analysis": "echo", "parameters": ["level": 2, "moed": 1]],
        "level cannot be 2"
      ),
      (.analysisRun, ["analysis": "echo", "dataset": "p"], "there is no data set \"p\""),
      (.analysisRun, ["analysis": "echo", "seed": 1.5], "seed cannot be 1.5"),
      (.runGet, [:], "run.get needs \"run\""), (.runGet, ["run": "x"], "there is no run x"),
      (.runGet, ["run": 3], "there is no run 3"), (.runWait, ["run": 3], "there is no run 3"),
      (.runWait, ["run": 3, "timeoutSeconds": -1], "\"timeoutSeconds\" of run.wait is wrong"),
      (.runList, ["limit": 0], "\"limit\" of run.list is wrong"),
      (.runList, ["state": "dead"], "\"state\" of run.list is wrong"),
      (.runCancel, [:], "run.cancel needs \"run\""), (.runCancel, ["run": 3], "there is no run 3"),
      (.runSubmit, ["line": "help"], "only an analysis can be submitted"),
      (.ping, ["x": 1], "ping has no \"x\""),
    ] as [(ClientMethod, JSONObject, String)])
  func refusesRequests(
    _ method: ClientMethod, _ parameters: JSONObject, _ message: String
  ) async throws {
    try await Bench.with { (bench) async throws in
      let failure = await #expect(throws: CommandFailure.self) {
        try await bench.session.ask(method, parameters)
      }
      #expect(failure?.message == message)
      #expect(try bench.store.runCounts().isEmpty)
    }
  }

  @Test func answersInTheFormAskedFor() async throws {
    try await Bench.with { (bench) async throws in
      for (format, part) in [("text", "Echo"), ("markdown", "|"), ("csv", ",")] {
        let answer = try await bench.session.ask(
          .command, ["line": "echo 1/2", "format": .string(format)])
        #expect(try #require(answer.string).contains(part), "\(format)")
      }
      #expect(try await bench.session.ask(.command, ["line": "# nothing"]) == .null)
      #expect(try await bench.session.ask(.ping) == "pong")
    }
  }

  @Test func helpListsEveryCommandAndExplainsEach() async throws {
    try await Bench.with { (bench) async throws in
      let help = try await bench.session.say("help")
      let names = help["tables"]?.array?.flatMap { table in
        table["rows"]?.array?.compactMap { $0.array?.first?.string } ?? []
      }
      #expect(Set(names ?? []) == Set(Workbench.commandNames + ["echo", "reader", "dice"]))
      for name in names ?? [] {
        let topic = try await bench.session.say("help \(name)")
        #expect(topic["title"]?.string?.hasPrefix(name) == true)
      }
      let echo = try await bench.session.say("help echo")
      #expect(
        echo["title"]?.string
          == "echo [DATASET|X/N|plain|refuse|die|wait|moody|draw] [level=P] [window=DURATION] "
          + "[about=TEXT] [agent=AGENT]")
      #expect(
        echo["tables"]?.array?.first?["rows"]?.array?[1]
          == [
            "level", "a probability strictly between 0 and 1", "0.95", "Confidence level",
          ])
      #expect(echo["tables"]?.array?.last?["rows"] == [["echo 15/30 level=0.9"]])
    }
  }

  @Test func theCatalogHasWhatACompletionNeeds() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      try await bench.session.say("echo 1/2")
      let json = try await bench.session.ask(.catalog)
      let catalog = try CatalogDocument(json: json)
      #expect(catalog.datasets == ["p011"])
      #expect(catalog.runs == ["1"])
      #expect(catalog.plugins == ["echo"])
      let echo = try #require(catalog.commands.first { $0.name == "echo" })
      #expect(echo.plugin == "echo")
      #expect(
        echo.parameters.map(\.name)
          == [
            "count", "level", "mode", "window", "about", "agent", "dataset", "plan", "seed",
            "fresh",
          ])
      #expect(echo.words == ["dataset", "plain", "refuse", "die", "wait", "moody", "draw"])
    }
  }

  @Test func pluginsAreReadAgain() async throws {
    try await Bench.with { (bench) async throws in
      let unchanged = try await bench.session.say("plugins reload")
      #expect(unchanged["title"] == "1 plugin")
      #expect(unchanged["notes"]?.array?.map { $0["text"] } == ["nothing has changed"])
      #expect(unchanged["tables"] == [], "only what a reload changed is listed")
      try bench.folder.write(
        "plugins/echo/plugin.toml",
        Bench.manifest.replacing("name = \"dice\"", with: "name = \"cube\""))
      let changed = try await bench.session.say("plugins reload")
      #expect(changed["notes"]?.array?.last?["text"] == "changed: echo")
      #expect(try await bench.session.say("cube")["analysis"] == "cube")
      #expect(try await bench.session.refusal("dice").kind == .unknownCommand)
      let file = try bench.folder.write("plugins/echo/plugin.toml", "id = 7")
      let faulty = try await bench.session.say("plugins reload")
      let sentence =
        "echo answers as it was before its last change: correct that, then plugins reload"
      #expect(faulty["notes"]?.array?.last?["text"] == .string(sentence))
      #expect(faulty["tables"]?.array?.first?["rows"]?.array?.count == 1)
      for line in ["cube", "cube fresh=yes"] {
        let answer = try await bench.session.say(line)
        #expect(answer["notes"]?.array?.last?["text"] == .string(sentence))
        #expect(answer["run"]?["stored"] == .bool(line == "cube"))
      }
      let kept = try await bench.session.say("show 2")
      #expect(kept["notes"]?.array?.contains { $0["code"] == "plugins.kept" } == false)
      // The form it had before stays in force, and the list says what is wrong.
      let listed = try await bench.session.say("plugins")
      #expect(listed["title"] == "1 plugin")
      #expect(listed["notes"]?.array?.last?["text"] == .string(sentence))
      let problems = (listed["notes"]?.array ?? []).filter { $0["code"] == "plugins.problem" }
      #expect(
        problems.contains {
          $0["text"] == .string(file + ":1: \"id\" is a number, expected text")
        }, "\(problems)")
    }
  }

  @Test func statusCountsRuns() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.session.say("echo 1/2")
      _ = try await bench.session.refusal("echo refuse")
      let status = try await bench.session.say("status")
      #expect(status["title"] == "doubletd is running")
      #expect(status["tables"]?.array?.last?["rows"] == [["done", 1], ["refused", 1]])
      #expect(try await bench.session.ask(.daemonInfo)["analysis"] == "status")
    }
  }
}
