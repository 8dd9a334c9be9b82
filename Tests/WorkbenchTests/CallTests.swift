import ClientProtocol
import JSON
import PluginProtocol
import Testing

@testable import Workbench

/// Runs that have the host run other analyses, as clients and the store see them.
struct CallTests {
  private static func manifest(calls: String, version: String = "1.0.0") -> String {
    """
    id = "well-behaved"
    version = "\(version)"
    protocol = 1
    summary = "Does what it is asked"
    run = ["WellBehavedPlugin"]

    [[analysis]]
    name = "call-a"
    summary = "Has another analysis run"
    data = "optional"
    calls = [\(calls)]
    [[analysis.parameter]]
    name = "path"
    type = "text"
    default = "dice"
    help = "What to run"
    [[analysis.parameter]]
    name = "given"
    type = "text"
    default = "{}"
    help = "Its parameters, as JSON"
    """
  }

  @Test func theMethodCardNamesWhatWasRun() async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write("plugins/well-behaved/plugin.toml", Self.manifest(calls: "\"dice\""))
      try await bench.session.say("plugins reload")
      let document = try await bench.session.say("call-a seed=7")
      #expect(
        document["methods"] == [["topic": "runs dice", "choice": "plugin echo 1.0.0"]])
      #expect(document["plugin"] == ["id": "well-behaved", "version": "1.0.0"])
      #expect(try await bench.session.say("show 1")["methods"] == document["methods"])
    }
  }

  /// A stored answer does not outlive a change of what was run inside, at any depth.
  @Test func aStoredAnswerRestsOnWhatItCalls() async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write("plugins/well-behaved/plugin.toml", Self.manifest(calls: "\"dice\""))
      try await bench.session.say("plugins reload")
      let first = try await bench.session.say("call-a")
      #expect(first["run"]?["stored"] == false)
      #expect(try await bench.session.say("call-a")["run"]?["stored"] == true)
      try bench.folder.write("plugins/echo/notes.txt", "changed")
      try await bench.session.say("plugins reload")
      #expect(try await bench.session.say("call-a")["run"]?["stored"] == false)
      try bench.folder.write(
        "plugins/echo/plugin.toml",
        Bench.manifest.replacing(
          "summary = \"Take a number\"", with: "summary = \"Take a number\"\ncalls = [\"gone\"]"))
      try await bench.session.say("plugins reload")
      #expect(try await bench.session.say("call-a")["run"]?["stored"] == false)
      #expect(try await bench.session.say("call-a")["run"]?["stored"] == true)
      try bench.folder.write(
        "plugins/gone/plugin.toml",
        "id = \"gone\"\nversion = \"1\"\nprotocol = 1\nsummary = \"Here now\"\n"
          + "run = [\"EchoPlugin\"]\n[[analysis]]\nname = \"gone\"\nsummary = \"Here now\"\n")
      try await bench.session.say("plugins reload")
      #expect(
        try await bench.session.say("call-a")["run"]?["stored"] == false,
        "what is not installed counts, too")
    }
  }

  @Test func whatIsNotInstalledIsRefusedWhenItIsAskedFor() async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write("plugins/well-behaved/plugin.toml", Self.manifest(calls: "\"gone\""))
      let report = try await bench.session.say("plugins reload")
      #expect(report["notes"]?.array?.contains { $0["code"] == "plugins.problem" } == false)
      let refusal = try await bench.session.refusal("call-a path=gone")
      #expect(refusal.message == "gone: call-a needs the analysis gone, which no plugin offers")
      #expect(refusal.reason == "call.unknown")
    }
  }

  @Test func helpSaysWhatAnAnalysisMayRun() async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write(
        "plugins/well-behaved/plugin.toml", Self.manifest(calls: "\"dice\", \"echo\""))
      try await bench.session.say("plugins reload")
      let notes = try await bench.session.say("help call-a")["notes"]?.array ?? []
      #expect(
        notes.contains {
          $0["text"] == "it may run these analyses inside: dice, echo"
        })
    }
  }

  @Test func anAnalysisCannotDeclareItself() async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write(
        "plugins/well-behaved/plugin.toml", Self.manifest(calls: "\"call-a\""))
      let report = try await bench.session.say("plugins reload")
      let problem = report["notes"]?.array?.first { $0["code"] == "plugins.problem" }
      #expect(problem?["text"]?.string?.hasSuffix("call-a cannot run itself") == true)
    }
  }
}
