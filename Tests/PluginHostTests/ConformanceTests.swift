import Conformance
import Foundation
import Testing

/// The conformance suite finds nothing in a good plugin, and what is wrong in bad ones.
@Suite(.serialized) struct ConformanceTests {
  private static let declaration = """
    version = "1.0.0"
    protocol = 1
    summary = "Does what it is asked"

    [[analysis]]
    name = "count"
    summary = "Counts"
    examples = ["count 15/30 level=90%", "count responders=1/2 # a comment"]

    [[analysis.parameter]]
    name = "responders"
    type = "ratio"
    required = true
    positional = true
    help = "Responders of patients"

    [[analysis.parameter]]
    name = "level"
    type = "probability"
    default = 0.95
    minimum = 0.5
    maximum = 0.999
    help = "Level"

    [[analysis]]
    name = "steps"
    summary = "Reports progress"

    [[analysis]]
    name = "sum"
    summary = "Adds replicates"
    shards = "replicates"
    examples = ["sum"]
    """

  private func check(_ declaration: String) async throws -> [ConformanceCheck] {
    let test = try TestHost()
    try test.write(declaration, to: "it/plugin.toml")
    return await PluginConformance.check(folder: test.root + "/plugins/it")
  }

  @Test("a good plugin passes")
  func good() async throws {
    let checks = try await check(
      "id = \"well-behaved\"\nrun = [\"WellBehavedPlugin\"]\n" + Self.declaration)
    for check in checks { #expect(check.passed, "\(check)") }
    let ids = Set(checks.map(\.id))
    let expected: Set = [
      "manifest", "handshake", "refusal.analysis", "example.count.1", "example.count.2",
      "defaults.steps", "progress.defaults.steps", "refusal.count.level.kind",
      "refusal.count.responders.kind", "bound.count.level.minimum", "refusal.count.level.above",
      "shards.sum", "cancel", "determinism", "many-runs", "prints", "end",
    ]
    #expect(expected.subtracting(ids) == [])
  }

  @Test(
    "what is wrong is named",
    arguments: [
      (
        "lies-about-its-version", "handshake",
        "x was stopped: it calls itself version 9.9.9, its manifest says 1.0.0"
      ),
      (
        "goes-backward", "progress.defaults.steps",
        "progress falls or leaves 0 to 1: [0.2, 0.1, 0.5, 0.5, 2.0, -1.0, 0.4, 0.9]"
      ),
      ("behaves", "refusal.analysis", "answered for an analysis it does not have"),
      (
        "answers-nonsense", "example.count.1",
        "the result is no ResultDocument: expected an object, found a string"
      ),
    ])
  func bad(way: String, id: String, sentence: String) async throws {
    let checks = try await check(
      "id = \"x\"\nrun = [\"MisbehavingPlugin\", \"\(way)\", \"x\"]\n" + Self.declaration)
    let check = try #require(checks.first { $0.id == id })
    #expect(!check.passed)
    #expect(check.sentence.hasPrefix(sentence), "\(check)")
  }

  @Test("a bad example is named")
  func badExample() async throws {
    for (example, sentence) in [
      ("count 31/30", "no parameter of count takes \"31/30\""),
      ("cuont 15/30", "\"cuont 15/30\" does not begin with count"),
      ("count levl=1", "count has no parameter \"levl\""),
      ("count level=2", "level=2: expected a probability from 0.5 to 0.999"),
    ] {
      let declaration = Self.declaration.replacing("count 15/30 level=90%", with: example)
      let checks = try await check(
        "id = \"well-behaved\"\nrun = [\"WellBehavedPlugin\"]\n" + declaration)
      let check = try #require(checks.first { $0.id == "example.count.1" })
      #expect(check == ConformanceCheck(id: check.id, passed: false, sentence: sentence))
    }
  }

  @Test("no plugin, no pass")
  func nothing() async throws {
    let test = try TestHost()
    #expect(
      await PluginConformance.check(folder: test.root) == [
        ConformanceCheck(
          id: "manifest", passed: false, sentence: "\(test.root) holds no plugin.toml")
      ])
  }
}
