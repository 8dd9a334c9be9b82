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

  @Test func `hits, failures and what was fitted are told apart`() async throws {
    let document = try await run()
    #expect(
      document.primary?.text
        == "Responders within predictive limits: 1 of 1 trial.\n"
        + "The same, trials with recalled numbers: 1 of 1 trial, and 1 without a number to hold"
        + " against it.")
    let (predicted, fitted) = (document.tables[0], document.tables[1])
    #expect(try column("within", predicted) == ["yes", "yes", "not counted"])
    #expect(try column("verification", predicted) == ["arithmetic", "unverified", "unverified"])
    #expect(try column("within", fitted) == ["NO", "yes"])
    #expect(try column("observed", predicted)[2] == "no incremental activity")
    #expect(
      document.figures.first?.alternativeText
        == "CheckMate 067, melanoma, predicted: 51.0 % (43.6 to 58.3); CheckMate 067, melanoma,"
        + " observed: 57.6 %; AIPAC, breast, predicted: 38.4 % (27.2 to 52.6); AIPAC, breast,"
        + " observed: 48.2 %.")
    #expect(
      document.notes.first { $0.code == "backtest.unverified" }?.text
        == "Some numbers of AIPAC, breast; Wang-Gillam, pancreas; Brignone 2010, breast; the same,"
        + " another control are recalled and not yet found in a text; they are counted apart.")
  }

  @Test func `a trial outside its limits is named first`() async throws {
    let document = try await run(["level": "0.8"])
    #expect(document.notes.first?.severity == .warning)
    #expect(
      document.notes.first?.text
        == "Outside its limits: CheckMate 067, melanoma; AIPAC, breast.")
    #expect(
      document.primary?.text.hasPrefix("Responders within predictive limits: 0 of 1 trial.") == true
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

  @Test func `a data set without such trials is refused`() async throws {
    let dataset = try Arms.dataset([Arms(cohort: "odd", arms: [("first", 120, 60)])])
    let refusal = await #expect(throws: Refusal.self) { try await dataset.run("backtest", [:]) }
    #expect(
      refusal?.message
        == "no cohort of test can be backtested: each must be one trial with the arms first, second,"
        + " combination; odd: no patient of it has the arm second")
  }
}
