import JSON
import Testing

@testable import Workbench

/// An analysis whose manifest lets its replicates be split.
struct ShardedAnalysisTests {
  private static let manifest = """
    id = "well-behaved"
    version = "1.0.0"
    protocol = 1
    summary = "Does what it is asked"
    run = ["WellBehavedPlugin"]

    [[analysis]]
    name = "sum"
    summary = "Adds the numbers of its replicates"
    shards = "replicates"
    [[analysis.parameter]]
    name = "replicates"
    type = "count"
    minimum = 1
    default = 100
    help = "How many"
    """

  /// Alone, the plugin's run adds nothing: only shards that were joined make a sum.
  @Test(arguments: [("sum", 4950.0), ("sum replicates=7", 21), ("sum replicates=1", nil)])
  func theReplicatesOfOneRunAreSplitAndJoined(line: String, sum: Double?) async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write("plugins/well-behaved/plugin.toml", Self.manifest)
      try await bench.session.say("plugins reload")
      let document = try await bench.session.say(line)
      #expect(document["estimates"]?.array?.first?["value"]?.number == sum)
      #expect(document["parameters"]?["replicates"] == (line == "sum" ? 100 : sum == 21 ? 7 : 1))
      #expect(document["plugin"]?["id"] == "well-behaved")
      #expect(try await bench.session.say("show 1")["estimates"] == document["estimates"])
    }
  }
}
