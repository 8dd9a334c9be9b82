import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import Testing

@testable import Combination

struct ResponsePredictionTests {
  private func predict(
    _ regimen: (id: String, folder: String), _ given: [String: String] = [:], agent: Bool = true
  ) async throws -> ResultDocument {
    var given = given.merging(["regimen": regimen.id]) { $1 }
    var folders = ["regimen": regimen.folder]
    if agent { (given["immune"], folders["immune"]) = ("imp321", "IMP321") }
    return try await Combination().run(
      request("combination", given, naming: folders),
      context: RunContext.detached)
  }

  private let paclitaxel = ("paclitaxel-breast", "PaclitaxelBreast")
  private let gemcitabine = ("gemcitabine-pancreatic", "GemcitabinePancreatic")

  @Test func `the published trial beside every control`() async throws {
    let document = try await predict(paclitaxel)
    #expect(
      document.primary?.text
        == "Predicted response rate of Weekly paclitaxel with IMP321 acting independently"
        + " (response-level Bliss, 0/21 alone), control e2100-irf 54/243: 24.1 % (95 % credible 18.2"
        + " to 32.2); 3 to 13 of 30 patients would respond.")
    #expect(document.tables.map(\.name) == ["controls", "predicted", "claim"])
    let claim = document.tables[2]
    #expect(claim.rows.map { $0[0] }.first == "e2100-irf")
    // Facts B1: 22.2 to 50 % needs 35.7 % alone, and A4's chi-square.
    #expect(try #require(claim.rows[0][6].number).formatted(places: 3) == "0.357")
    #expect(try #require(claim.rows[0][7].number).formatted(places: 5) == "0.00096")
    let notes = document.notes.map(\.text)
    #expect(Array(notes.prefix(4)) == Self.publishedTrialNotes)
    #expect(
      notes.contains(
        "Unverified, not to be cited before somebody has compared the paper: counts of"
          + " aipac-placebo (43/112), e2100-all (69/326), e2100-first (61/242) and brignone-2009"
          + " (0/21)."))
  }

  private static let publishedTrialNotes: [String] = [
    "15/30 responded (50 %, 31-69). Published controls range 21-41 %; p runs .0004-.41. Uncontrolled:"
      + " doubling cannot be claimed.",
    "AIPAC, randomized, missed its primary endpoint, progression-free survival (HR .93 (.67-1.30)).",
    "The control decides: the predicted rate runs from 23.0 % to 42.9 % over 7 analyses of 4 trials.",
    "Against e2100-irf that is +27.8 points, above response-level Bliss. Without interaction the"
      + " agent alone would need 14.5 % to 36.6 %, by control.",
  ]

  @Test("gemcitabine says what was tried", arguments: ["2mg", "30mg"])
  func extrapolation(dose: String) async throws {
    let document = try await predict(gemcitabine, ["immune.dose": dose])
    #expect(
      document.notes.first
        == Note(
          .warning, "combination.extrapolation",
          "Extrapolated from one uncontrolled trial; benefit is assumed by construction. The only"
            + " trial (2 mg and below) saw no added activity; randomized paclitaxel HR .93"
            + " (.67-1.30)."))
    let note = document.notes.first { $0.code == "combination.dose" }?.text
    #expect(
      note
        == "The response level knows no dose: every dose has the numbers of the agent's"
        + " monotherapy. "
        + (dose == "2mg"
          ? "2 mg was given beside this regimen (0.5, 2 mg)."
          : "30 mg was not given beside this regimen: 0.5, 2 mg were."))
    #expect(document.tables.map(\.name) == ["controls", "predicted", "carried-over"])
  }

  @Test func `a backbone nobody tried says so`() async throws {
    let document = try await predict(("docetaxel-lung", "DocetaxelLung"))
    #expect(
      document.notes.first?.text
        == "Extrapolated from one uncontrolled trial; benefit is assumed by construction. No trial"
        + " beside this regimen is declared; randomized paclitaxel HR .93 (.67-1.30).")
  }

  @Test func `a backbone alone needs no agent`() async throws {
    let document = try await predict(
      ("docetaxel-lung", "DocetaxelLung"), ["patients": "40"], agent: false)
    #expect(
      document.primary?.text
        == "Predicted response rate of Docetaxel alone, control oak 57/425: 13.5 % (95 % credible"
        + " 10.4 to 16.9); 1 to 10 of 40 patients would respond.")
    #expect(document.tables.map(\.name) == ["controls"])
    #expect(document.notes == [])
  }

  @Test func `the agent's own command is the same question`() async throws {
    let direct = try await predict(("docetaxel-lung", "DocetaxelLung"))
    var own = try request(
      "combination", ["regimen": "docetaxel-lung"], naming: ["regimen": "DocetaxelLung"])
    own.analysis = "imp321"
    own.definition = try shipped("IMP321").manifest().definition
    let other = try await Combination().run(own, context: RunContext.detached)
    #expect(other.tables == direct.tables && other.notes == direct.notes)
  }

  @Test(
    "what cannot be is refused",
    arguments: [
      (
        ["regimen": "docetaxel-lung", "immune": "imp321", "immune.dose": "2"], "immune.dose",
        "immune.dose=2: expected a dose above 0 with its unit, such as 30mg"
      ),
      (
        ["regimen": "docetaxel-lung", "immune": "imp321", "immune.dose": "-2mg"], "immune.dose",
        "immune.dose=-2mg: expected a dose above 0 with its unit, such as 30mg"
      ),
      (
        ["regimen": "docetaxel-lung", "immune.dose": "2mg"], "immune.dose",
        "immune.dose=2mg needs an immune agent"
      ),
      (["regimen": "no-such"], "regimen", "regimen=no-such: expected an installed regimen"),
      (
        ["regimen": "docetaxel-lung", "immune": "no-such"], "immune",
        "immune=no-such: expected an installed immune-agent"
      ),
    ])
  func refusals(given: [String: String], parameter: String, message: String) async throws {
    let folders = ["docetaxel-lung": "DocetaxelLung", "imp321": "IMP321"]
    let naming = given.compactMapValues { folders[$0] }
    let refusal = await #expect(throws: Refusal.self) {
      try await Combination().run(
        request("combination", given, naming: naming), context: RunContext.detached)
    }
    #expect(refusal?.message == message && refusal?.parameter == parameter)
  }

  @Test(
    "doses are read in the agent's unit",
    arguments: [("2mg", 2.0), ("250ug", 0.25), ("2", nil), ("mg", nil), ("0mg", nil), ("xmg", nil)])
  func doses(text: String, amount: Double?) {
    #expect(Drug.Unit.milligrams.amount(text) == amount)
  }
}

extension Double {
  fileprivate func formatted(places: Int) -> String { decimal(self, places: places) }
}
