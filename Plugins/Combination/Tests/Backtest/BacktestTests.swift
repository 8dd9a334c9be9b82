import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import Testing

@testable import Combination

struct BacktestTests {
  private func run(_ given: [String: String] = [:]) async throws -> ResultDocument {
    let request = try plugin.request("backtest", given)
    return try await Combination().run(request, context: RunContext.detached)
  }

  private func column(_ name: String, _ table: ResultDocument.ResultTable) throws -> [JSONValue] {
    let place = try #require(table.columns.firstIndex { $0.name == name })
    return table.rows.map { $0[place] }
  }

  @Test func `every shipped trial's counts can be, and carries where it is from`() {
    #expect(PublishedTrial.all.count == 5)
    #expect(PublishedTrial.all.allSatisfy { $0.citation.contains("(20") && !$0.remark.isEmpty })
    #expect(PublishedTrial.all.filter(\.isFitted).count == 2)
  }

  /// What is typed here is declared in the plugins of the regimens and of the agent.
  @Test func `shipped counts are those the declarative plugins have`() throws {
    func declared(_ folder: String, _ key: String, _ name: String) throws -> String {
      let definition = try #require(try shipped(folder).manifest().definition)
      let entries = definition[key]?.array ?? []
      let entry = try #require(entries.first { $0["name"]?.string == name }, "\(name)")
      return "\(entry["responders"]?.integer ?? -1)/\(entry["patients"]?.integer ?? -1)"
    }
    func seen(_ trial: PublishedTrial) -> String? {
      guard case .count(let count) = trial.outcome else { return nil }
      return count.text
    }
    let trials = PublishedTrial.all.dropFirst()
    let controls = [
      try declared("PaclitaxelBreast", "control", "aipac"),
      try declared("GemcitabinePancreatic", "control", "mpact"),
      try declared("PaclitaxelBreast", "control", "e2100-irf"),
      try declared("PaclitaxelBreast", "control", "nk105"),
    ]
    let source = try declared("IMP321", "combination", "brignone-2010")
    #expect(trials.map(\.first.count.text) == controls)
    let alone = try declared("IMP321", "monotherapy", "brignone-2009")
    #expect(trials.allSatisfy { $0.second.count.text == alone })
    #expect(
      trials.map(seen) == [
        try declared("IMP321", "combination", "aipac"), nil, source, source,
      ])
  }

  @Test func `hits, failures and what was fitted are told apart`() async throws {
    let document = try await run()
    #expect(
      document.primary?.text
        == "Responders within predictive limits: no trial whose numbers are all verified to count.\n"
        + "The same, trials with recalled numbers: 2 of 2 trials, and 1 without a number to hold"
        + " against it.")
    #expect(document.estimates.map(\.value) == [nil, 1])
    #expect(
      document.estimates.first?.status == "no trial whose numbers are all verified to count")
    let (predicted, fitted) = (document.tables[0], document.tables[1])
    #expect(try column("within", predicted) == ["yes", "yes", "not counted"])
    #expect(try column("verification", predicted) == ["unverified", "unverified", "unverified"])
    #expect(try column("within", fitted) == ["NO", "yes"])
    #expect(try column("observed", predicted)[2] == "no incremental activity")
    #expect(
      document.figures.first?.alternativeText
        == "CheckMate 067, melanoma, predicted: 51.0 % (43.6 to 58.3); CheckMate 067, melanoma,"
        + " observed: 57.6 %; AIPAC, breast, predicted: 38.4 % (27.2 to 52.6); AIPAC, breast,"
        + " observed: 48.2 %.")
    #expect(
      document.notes.first { $0.code == "backtest.unverified" }?.text
        == "Some numbers of CheckMate 067, melanoma; AIPAC, breast; Wang-Gillam, pancreas; Brignone 2010, breast; the same,"
        + " another control are recalled and not yet found in a text; they are counted apart.")
  }

  @Test func `a trial outside its limits is named first`() async throws {
    let document = try await run(["level": "0.8"])
    #expect(document.notes.first?.severity == .warning)
    #expect(
      document.notes.first?.text
        == "Outside its limits: CheckMate 067, melanoma; AIPAC, breast.")
    #expect(
      document.primary?.text.hasSuffix(
        "trials with recalled numbers: 0 of 2 trials, and 1 without a number to hold against it.")
        == true
    )
  }

  @Test func `trials of a data set are predicted by their single arms, each by itself`()
    async throws
  {
    let dataset = try Arms.dataset([
      Arms(
        cohort: "held", arms: [("first", 120, 60), ("second", 90, 60), ("combination", 170, 60)]),
      Arms(
        cohort: "lost", arms: [("first", 120, 60), ("second", 90, 60), ("combination", 40, 60)]),
      Arms(cohort: "odd", arms: [("first", 120, 60), ("other", 90, 60)]),
    ])
    let document = try await dataset.run("backtest", ["first-scan": "8w", "unit": "days"])
    #expect(
      document.primary?.text.hasSuffix("within the observed one's limits: 1 of 2 trials.") == true)
    let table = try #require(document.tables.last)
    #expect(try column("trial", table) == ["held", "lost"])
    #expect(try column("within", table) == ["yes", "NO"])
    #expect(try column("verdict", table) == ["between", "worse than independent"])
    #expect(try column("predicted", table) == [.number(170), .number(170)])
    #expect(
      document.notes.first { $0.code == "backtest.left-out" }?.text
        == "odd is left out: no patient of it has the arm second.")
    #expect(document.notes.first?.text == "Outside its limits: lost.")
  }

  /// Half of the first part's patients are followed past the observed upper limit without the event.
  @Test func `a predicted median not reached is a miss where the observed limit is finite`()
    async throws
  {
    let dataset = try Arms.dataset([
      Arms(
        cohort: "missed", arms: [("first", 900, 60), ("second", 90, 60), ("combination", 100, 60)])
    ])
    let document = try await dataset.run("backtest", ["unit": "days"])
    let table = try #require(document.tables.last)
    #expect(try column("predicted", table) == ["not reached"])
    #expect(try column("within", table) == ["NO"])
    #expect(document.notes.first?.text == "Outside its limits: missed.")
  }

  /// Nobody given the combination has the event before the shortest follow-up ends.
  @Test func `a median is judged where no hazard ratio can be estimated`() async throws {
    let kept = Arms(
      cohort: "kept", arms: [("first", 120, 60), ("second", 90, 60), ("combination", 170, 60)])
    let parts = Arms(cohort: "late", arms: [("first", 60, 60), ("second", 50, 60)], end: 100)
    let late = Arms(cohort: "late", arms: [("combination", 9000, 60)], end: 20_000)
    let document = try await Arms.dataset([kept, parts, late]).run("backtest", ["unit": "days"])
    let table = try #require(document.tables.last)
    #expect(try column("trial", table) == ["kept", "late"])
    #expect(try column("within", table) == ["yes", "NO"])
    let ratios = try column("ratio-independent", table)
    #expect(ratios.map { $0 == .null } == [false, true])
    #expect(
      document.notes.first { $0.code == "backtest.no-ratio" }?.text
        == "late has no hazard ratio: the curves cannot be compared: the hazard ratio of observed is"
        + " 0: the larger its coefficient becomes in that direction, the likelier the data.")
  }

  @Test func `a data set without such trials is refused`() async throws {
    let dataset = try Arms.dataset([Arms(cohort: "odd", arms: [("first", 120, 60)])])
    let refusal = await #expect(throws: Refusal.self) { try await dataset.run("backtest", [:]) }
    #expect(
      refusal?.message
        == "no cohort of test can be backtested: each must be one trial with the arms first, second,"
        + " combination; odd: no patient of it has the arm second")
  }
}
