import Foundation
import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import ReferenceTesting
import Statistics
import Testing

@testable import ResponseRate

struct BorrowingTests {
  // MARK: The page

  @Test func `all published arms give one page of control models`() async throws {
    let document = try await run("15/30", ["control": "all", "borrow": "robust-map"])
    let page = try table("borrowing", document)
    #expect(
      page.rows.map { $0[0].string } == [
        "fixed: one rate, pooled", "random effects", "power prior, a0 = 0.5", "beta-binomial",
        "MAP", "robust MAP, w = 0.2",
      ])
    let map = try #require(page.rows[4][8].number)
    #expect(abs(map - 0.846) < 0.0005)
    let robust = try #require(page.rows[5][8].number)
    // Half of the vague part lies above and half below the treated rate of 15/30.
    #expect(robust.agrees(with: 0.8 * map + 0.2 * 0.5, within: 1e-9))
    #expect(
      document.estimates.first { $0.name == "probability-of-superiority" }?.value == robust)
    #expect(document.methods.contains { $0.topic == "MAP" })
    #expect(
      document.notes.first { $0.code == "borrow.one-row" }?.text
        == "e2100-irf stands for E2100, of which 4 analyses are listed: they are alternatives, and"
        + " counting them as trials would overstate what is known. Rule: one analysis of each"
        + " trial: independent review before the investigator's, checked figures before unchecked"
        + " ones, then the one with more patients.")
  }

  @Test func `the fixed and the power prior rows are closed forms`() async throws {
    let document = try await run(
      "7/20", ["control": "5/20,9/30", "borrow": "power", "a0": "0.25"])
    let page = try table("borrowing", document)
    let pooled = try BetaShape(14.5, 36.5)
    #expect(page.rows[0][1].number?.agrees(with: pooled.mean, within: 1e-9) == true)
    #expect(page.rows[0][2].number?.agrees(with: pooled.quantile(0.025), within: 1e-8) == true)
    #expect(page.rows[0][4].number?.agrees(with: 51, within: 1e-6) == true)
    let power = try BetaShape(4, 9.5)
    #expect(page.rows[2][1].number?.agrees(with: power.mean, within: 1e-9) == true)
    let counts = ContingencyTable(
      treated: try ResponseCount(responders: 7, patients: 20),
      control: try ResponseCount(responders: 14, patients: 50))
    let p = try TwoSampleTest(counts).pValue(.scoreMiettinenNurminen)
    #expect(page.rows[0][9].number == p)
  }

  @Test("tau, the weight, the share and the analysis are swept")
  func sweeps() async throws {
    let document = try await run(
      "15/30", ["control": "all", "borrow": "map", "tau": "half-normal(1)", "weight": "0.35"])
    let tau = try table("borrowing-tau", document)
    #expect(tau.rows.first?.first == .string("half-normal(1)"))
    #expect(tau.rows.count == 5)
    let weights = try table("borrowing-weight", document)
    #expect(weights.rows.contains { $0[0].number == 0.35 })
    // Without a control arm of its own nothing moves the weight.
    for row in weights.rows { #expect(row[0] == row[1]) }
    let analyses = try table("borrowing-analyses", document)
    #expect(
      analyses.rows.map { $0[0].string } == [
        "as pooled", "E2100 by e2100-inv", "E2100 by e2100-nejm", "E2100 by e2100-25",
        "6 analyses as if trials (wrong)",
      ])
    let half = try table(
      "borrowing-analyses", await run("15/30", ["control": "all", "borrow": "map"]))
    #expect(abs((half.rows[4][4].number ?? 0) - 0.945) < 0.0006)
  }

  @Test func `one trial leaves tau to its prior, and that is said`() async throws {
    let document = try await run("15/30", ["control": "e2100-irf", "borrow": "map"])
    #expect(document.notes.contains { $0.code == "borrow.one-trial" })
    let page = try table("borrowing", document)
    #expect(!page.rows.contains { $0[0].string == "random effects" })
    #expect(!page.rows.contains { $0[0].string == "beta-binomial" })
  }

  @Test("counts of a published analysis are known as such")
  func knownCounts() throws {
    let counts = try [(54, 243), (64, 273), (61, 243), (82, 211)].map {
      Control.counts(try ResponseCount(responders: $0.0, patients: $0.1))
    }
    let trials = try ControlTrials(counts)
    #expect(trials.trials.map(\.name) == ["E2100", "82/211"])
    #expect(trials.trials[0].chosen.label == "e2100-irf")
    #expect(trials.trials[0].alternatives.map(\.label) == ["e2100-inv", "61/243"])
  }

  @Test(
    "refuses what there is no answer to",
    arguments: [
      (
        ["borrow": "map"], "borrow", "borrow=map needs control= to borrow from"
      ),
      (
        ["borrow": "map", "control": "0.25,54/243"], "borrow",
        "borrow= needs controls given as counts; 0.25 is a rate taken as known"
      ),
      (
        ["borrow": "map", "control": "nk105"], "control",
        "borrow=map has no trial to borrow from: no count gives the rate of nk105"
      ),
      (
        ["borrow": "beta-binomial", "control": "54/243"], "borrow",
        "borrow=beta-binomial: a beta-binomial fit needs at least 2 trials, not 1"
      ),
      (
        ["tau": "half-normal(99)"], "tau",
        "tau=half-normal(99): half-normal(99) is no prior of a standard deviation between logits"
          + " that reaches from 0 to at most 10"
      ),
      (
        ["tau": "halfnormal(1)"], "tau",
        "tau=halfnormal(1): expected one of half-normal(scale), uniform(lower, upper),"
          + " log-normal(mean, sd), exponential(rate), fixed(value); did you mean half-normal(…)?"
      ),
      (["weight": "1.5"], "weight", "weight=1.5: expected a number from 0 to 1"),
      (["a0": "-1"], "a0", "a0=-1.0: expected a number from 0 to 1"),
      (["arm": "new"], "arm", "arm= needs a data set; a count has no patients to look at"),
      (
        ["control": "arm:old,54/243"], "control",
        "control=arm:old needs a data set; a count has no arms"
      ),
      (
        ["control": "arm:old,arm:new"], "control",
        "control=arm:old,arm:new: only one arm of the data set can be the control"
      ),
    ] as [([String: String], String, String)])
  func refusals(parameters: [String: String], parameter: String, message: String) async {
    let refusal = await #expect(throws: Refusal.self) { try await run("15/30", parameters) }
    #expect(refusal?.parameter == parameter)
    #expect(refusal?.message == message)
  }

  // MARK: Arms

  @Test func `an arm of the data set updates every prior`() async throws {
    let document = try await run(
      ImportedDataset.ofEvents(Self.arms),
      ["control": "arm:old,54/243,39/94", "arm": "new", "borrow": "robust-map"])
    #expect(document.estimates.first?.count == .init(events: 9, total: 20))
    let weights = try table("borrowing-weight", document)
    let after = try #require(weights.rows.first { $0[0].number == 0.2 }?[1].number)
    let counts = try [(54, 243), (39, 94)].map(ResponseCount.init)
    let robust = RobustPrior(
      try MetaAnalyticPrior(counts).density,
      concurrent: try ResponseCount(responders: 4, patients: 18))
    #expect(after.agrees(with: try robust.vagueWeight(prior: 0.2), within: 1e-12))
    let panel = try table("control-sensitivity", document)
    #expect(panel.rows.map { $0[0].string } == ["arm old", "54/243", "39/94"])
    #expect(panel.rows[0][1] == .string("4/18"))
    #expect(document.notes.contains { $0.code == "control.uncontrolled" })
  }

  @Test func `an arm alone is a control of the same trial`() async throws {
    let document = try await run(
      ImportedDataset.ofEvents(Self.arms), ["control": "arm:old", "arm": "new"])
    #expect(document.primary?.text.contains("against arm old (4/18)") == true)
    #expect(!document.notes.contains { $0.code == "control.uncontrolled" })
    #expect(
      document.notes.first { $0.code == "control.randomization" }?.text
        == "The data do not say whether patients were randomized to the arms; without that the"
        + " arms may differ in more than the treatment.")
    let refusal = await #expect(throws: Refusal.self) {
      try await run(
        ImportedDataset.ofEvents(Self.arms), ["control": "arm:old", "arm": "new", "borrow": "map"])
    }
    #expect(
      refusal?.message
        == "borrow=map has no trial to borrow from: the data set's own arm is no earlier trial")
  }

  @Test(
    "several other arms need a name",
    arguments: [
      (
        ["control": "arm:old"], "arm",
        "control=arm:old: the data set has several other arms: say arm= one of mid, new"
      ),
      (
        ["arm": "nwe"], "arm",
        "arm=nwe: the data set has the arms mid, new, old; did you mean new?"
      ),
      (
        ["control": "arm:old", "arm": "old"], "arm",
        "arm=old: an arm is not compared with itself"
      ),
    ] as [([String: String], String, String)])
  func armRefusals(parameters: [String: String], parameter: String, message: String) async {
    let refusal = await #expect(throws: Refusal.self) {
      try await run(ImportedDataset.ofEvents(Self.arms), parameters)
    }
    #expect(refusal?.parameter == parameter)
    #expect(refusal?.message == message)
  }

  @Test func `other patients and other readers are named`() async throws {
    let document = try await run(
      ImportedDataset.simulated(), ["control": "e2100-irf", "from": "reported"])
    let population = try #require(document.notes.first { $0.code == "control.population" })
    #expect(population.text.contains("e2100-irf") && population.severity == .caution)
    let assessor = try #require(document.notes.first { $0.code == "control.assessor" })
    #expect(assessor.text.contains("(INVESTIGATOR)"))
    #expect(assessor.text.contains("martin (central review)"))
    let count = try await run("15/30", ["control": "e2100-irf"])
    #expect(count.notes.contains { $0.code == "control.comparability" })
    let own = try await run("15/30", ["control": "54/240,9/30"])
    #expect(!own.notes.contains { $0.code == "control.comparability" })
  }

  // MARK: Groups

  @Test func `groups are drawn toward each other beside the raw rates`() async throws {
    let document = try await run(ImportedDataset.ofEvents(Self.arms), ["by": "arm"])
    let shrunk = try table("by-arm-shrunk", document)
    #expect(shrunk.rows.map { $0[0].string } == ["mid", "new", "old"])
    let counts = try [(5, 15), (9, 20), (4, 18)].map(ResponseCount.init)
    let expected = try ShrunkenRates(counts).densities.map(\.mean)
    #expect(shrunk.rows.compactMap { $0[4].number } == expected)
    #expect(document.methods.contains { $0.topic == "shrinkage" })
  }

  // MARK: Fixtures

  private func table(
    _ name: String, _ document: ResultDocument
  ) throws -> ResultDocument.ResultTable {
    try #require(document.tables.first { $0.name == name })
  }

  /// Three arms whose responses are events.
  private static let arms = [
    (cohort: "1", arm: "new", responders: 9, patients: 20),
    (cohort: "1", arm: "old", responders: 4, patients: 18),
    (cohort: "1", arm: "mid", responders: 5, patients: 15),
  ]
}
