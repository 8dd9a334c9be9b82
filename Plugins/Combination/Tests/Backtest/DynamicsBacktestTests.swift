import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import Testing

@testable import Combination

struct DynamicsBacktestTests {
  private func run(
    _ change: (inout RunRequest) -> Void = { _ in }
  ) async throws -> ResultDocument {
    var request = try request(
      "backtest", ["immune": "imp321", "replicates": "200"], naming: ["immune": "IMP321"])
    change(&request)
    var settings = try DynamicsSettings(backtest: request, level: 0.95)
    settings.replicates = 40
    let agent = try #require(try ImmuneAgent(request, named: "immune"))
    let backtest = try await DynamicsBacktest(
      agent, settings, InstalledRegimens(request), .detached)
    var document = ResultDocument(analysis: "backtest")
    DynamicsBacktestTables(backtest: backtest, level: 0.95).write(into: &document)
    return document
  }

  private func table(_ name: String, _ document: ResultDocument) throws
    -> ResultDocument.ResultTable
  {
    try #require(document.tables.first { $0.name == name }, "\(name)")
  }

  @Test func `each trial is predicted from the others, the source apart`() async throws {
    let document = try await run()
    let counted = try table("dynamics", document)
    #expect(counted.rows.map { $0[0] } == ["AIPAC", "Wang-Gillam 2013"])
    #expect(counted.rows.map { $0[1] } == ["Brignone 2010", "Brignone 2010, AIPAC"])
    #expect(counted.rows[1][6] == "not counted")
    #expect(counted.rows[1][5] == "saw no added activity")
    let fitted = try table("dynamics-fitted", document)
    #expect(fitted.rows.map { $0[0] } == ["Brignone 2010"])
    #expect(fitted.rows.map { $0[1] } == ["AIPAC"])
    let coverage = try #require(
      document.estimates.first { $0.name == "coverage-dynamics-hazard-ratio" })
    #expect(coverage.count?.total == 1, "the source never counts")
  }

  /// Nothing that AIPAC saw, but for its control, may move what is predicted of it.
  @Test func `what a trial saw does not enter its prediction`() async throws {
    let document = try await run()
    let other = try await run { request in
      var agent = request.definitions?["immune"]?.object ?? [:]
      var trials = agent["combination"]?.array ?? []
      for index in trials.indices where trials[index]["trial"]?.string == "AIPAC" {
        var trial = trials[index].object ?? [:]
        trial["responders"] = 100
        trial["hazard_ratio"] = [0.4, 0.3, 0.5]
        trials[index] = .object(trial)
      }
      agent["combination"] = .array(trials)
      request.definitions = ["immune": JSONObjectBox(agent)]
    }
    let (own, changed) = (
      try table("dynamics", document).rows[0], try table("dynamics", other).rows[0]
    )
    #expect(Array(own[2...4]) == Array(changed[2...4]))
    #expect(own[7] == changed[7])
    #expect(changed[6] == "NO")
    #expect(other.notes.contains { $0.text == "AIPAC lies outside its limits." })
    #expect(try table("dynamics", document).rows[1][2] != table("dynamics", other).rows[1][2])
  }

  @Test func `without an agent nothing is simulated`() async throws {
    let document = try await Combination().run(
      request("backtest", [:], naming: [:]), context: RunContext.detached)
    #expect(!document.tables.contains { $0.name.hasPrefix("dynamics") })
  }
}
