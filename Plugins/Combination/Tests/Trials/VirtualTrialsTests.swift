import Foundation
import JSON
import PluginKit
import PluginProtocol
import Statistics
import Testing
import TumorDynamics

@testable import Combination

/// Simulated trials of a regimen, alone or beside an agent.
struct VirtualTrialsTests {
  private func run(_ request: RunRequest) async throws -> ResultDocument {
    try await Combination().run(request, context: RunContext.detached)
  }

  private func shares(_ document: ResultDocument, _ name: String) -> [ResultDocument.Estimate] {
    document.estimates.filter { $0.name == name }
  }

  // MARK: Bits

  /// Parts as the host splits 60 replicates over 1, 2 and 7 processes, last ones first.
  @Test(arguments: [1, 2, 7])
  func `any split, merged in any order, gives the same document`(parts: Int) async throws {
    let request = try trialsRequest(
      ["effect": "0.004", "control-patients": "20", "scan-window": "7d", "dropout": "0.2"],
      regimen: paclitaxelBreast, agent: true)
    let whole = try await run(request)
    var partials: [JSONValue] = []
    for part in (0..<parts).reversed() {
      let first = 60 * part / parts
      let shard = RunRequest.Shard(first: first, count: 60 * (part + 1) / parts - first)
      var asked = request
      asked.shard = shard
      let partial = try await Combination().runShard(
        asked, shard: shard, context: RunContext.detached)
      // As it travels: text.
      partials.append(try JSONValue(parsing: Array(partial.text.utf8)))
    }
    let merged = try await Combination().merge(partials)
    #expect(try JSONValue(encoding: merged) == JSONValue(encoding: whole))
  }

  @Test func `parts of different runs are not merged`() async throws {
    var partials: [JSONValue] = []
    for effect in ["0.001", "0.002"] {
      let request = try trialsRequest(
        ["effect": effect, "replicates": "4"], regimen: paclitaxelBreast, agent: true)
      partials.append(
        try await Combination().runShard(
          request, shard: .init(first: 0, count: 4), context: RunContext.detached))
    }
    let refusal = await #expect(throws: Refusal.self) { try await Combination().merge(partials) }
    #expect(refusal?.message == "partial results of different runs cannot be merged")
  }

  // MARK: Laws

  /// Patients respond independently, so that responders are binomial and power is a sum over tables.
  ///
  /// Five standard errors: false alarms in one of a million.
  @Test(arguments: ["greater", "two-sided"])
  func `the share of positive trials is the power at the simulated rates`(
    alternative: String
  ) async throws {
    let document = try await run(
      trialsRequest(
        [
          "effect": "0.02", "control-patients": "15", "replicates": "400",
          "alternative": alternative,
        ], regimen: paclitaxelBreast, agent: true))
    let rates = shares(document, "response-rate").compactMap(\.value)
    try #require(rates.count == 2)
    var power = 0.0
    for treated in 0...20 {
      for control in 0...15 {
        let table = ContingencyTable(
          treated: try ResponseCount(responders: treated, patients: 20),
          control: try ResponseCount(responders: control, patients: 15))
        let pValue = try TwoSampleTest(table).pValue(
          .fisher, #require(Alternative(rawValue: alternative)))
        guard pValue <= 0.05 else { continue }
        power += binomial(treated, of: 20, rates[0]) * binomial(control, of: 15, rates[1])
      }
    }
    let found = try #require(shares(document, "positive-response").first?.value)
    #expect(abs(found - power) < 5 * (power * (1 - power) / 400).squareRoot())
    // More kill, more responders and fewer progressions.
    #expect(rates[0] > rates[1])
    let last = try #require(document.tables.first { $0.name == "progression-free" }?.rows.last)
    #expect(try #require(last[1].number) > (try #require(last[2].number)))
  }

  private func binomial(_ events: Int, of total: Int, _ rate: Double) -> Double {
    let ways = (0..<events).reduce(1.0) { $0 * Double(total - $1) / Double($1 + 1) }
    return ways * pow(rate, Double(events)) * pow(1 - rate, Double(total - events))
  }

  /// One arm: a trial is positive from so many responders on, and the table counts them.
  @Test func `one arm is tested exactly against each published rate`() async throws {
    let document = try await run(
      trialsRequest(["effect": "0.01"], regimen: paclitaxelBreast, agent: true))
    #expect(
      document.estimates.map(\.name).filter { $0.hasPrefix("positive-response") } == [
        "positive-response-e2100-irf", "positive-response-nk105", "positive-response-martin",
        "positive-response-aipac",
      ])
    let responders = try #require(document.tables.first { $0.name == "responders" })
    // Pr(X ≥ 9) = .0279 and Pr(X ≥ 8) = .0749 for 20 patients at 54/243 (R's pbinom).
    let critical = 9
    let expected = responders.rows.reduce(0) { sum, row in
      (row[0].integer ?? 0) >= critical ? sum + (row[1].integer ?? 0) : sum
    }
    #expect(shares(document, "positive-response-e2100-irf").first?.count?.events == Int(expected))
    #expect(responders.rows.compactMap { $0[1].integer }.reduce(0, +) == 60)
  }

  @Test func `without an effect both arms are the same patients' chemotherapy`() async throws {
    let document = try await run(
      trialsRequest(
        ["effect": "0", "control-patients": "20", "replicates": "200"], regimen: paclitaxelBreast,
        agent: true))
    let rates = shares(document, "response-rate")
    let (treated, control) = (try #require(rates[0].value), try #require(rates[1].value))
    // 4,000 patients an arm: a standard error of the difference of .0095, five of them.
    #expect(abs(treated - control) < 0.048)
    #expect(
      document.notes.first?.text
        == "No effect is simulated: what is shown for the tests between arms are their sizes, and"
        + " every positive one is false.")
  }

  @Test func `a lower dose acts less`() async throws {
    let plans = try ["0.25mg", "30mg"].map { dose in
      try TrialPlan(
        trialsRequest(
          ["effect": "0.01", "immune.dose": dose], regimen: paclitaxelBreast, agent: true))
    }
    let strengths = plans.compactMap(\.treatment.agent?.strength)
    // g(d)/g(30) with ED50 6 mg: 0.25/6.25 · 36/30.
    #expect(abs(strengths[0] / 0.048 - 1) < 1e-12)
    #expect(strengths[1] == 1)
  }
}
