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
        == "Weekly paclitaxel with IMP321: 24.1 % predicted to respond (95 % credible 18.2 to 32.2),"
        + " 3 to 13 of 30 patients, if the two act independently (response-level Bliss; e2100-irf"
        + " 54/243 and 0/21 alone).")
    #expect(document.tables.map(\.name) == ["controls", "alone", "predicted", "claim"])
    let claim = document.tables[3]
    #expect(claim.rows.map { $0[0] }.first == "e2100-irf")
    // Facts B1: 22.2 to 50 % needs 35.7 % alone, and A4's chi-square.
    #expect(try #require(claim.rows[0][6].number).formatted(places: 3) == "0.357")
    #expect(try #require(claim.rows[0][7].number).formatted(places: 5) == "0.00096")
    let notes = document.notes.map(\.text)
    #expect(Array(notes.prefix(4)) == Self.publishedTrialNotes)
    #expect(
      notes.contains(
        "Unverified, not to be cited before somebody has compared the paper: counts of"
          + " nk105 (82/211), aipac (43/112), e2100-nejm (69/326), e2100-25 (61/242) and brignone-2009"
          + " (0/21)."))
  }

  @Test func `whose rate the agent's is stands in a table`() async throws {
    let document = try await predict(paclitaxel)
    let alone = try #require(document.tables.first { $0.name == "alone" })
    #expect(alone.title == "IMP321 alone")
    #expect(
      alone.rows == [
        [
          "brignone-2009", "Brignone 2009", "0/21", "advanced renal cell carcinoma, all treated",
          "0.05, 30", "unstated", "unverified",
          "0.05 to 30 mg every two weeks, six times; the abstract claims no response",
        ]
      ])
    let claim = try #require(document.tables.first { $0.name == "claim" })
    #expect(claim.columns[2].label == "Bliss at observed rates")
  }

  @Test func `readers are compared as far as they are declared`() async throws {
    let note = try await predict(paclitaxel).notes.first { $0.code == "combination.populations" }
    #expect(
      note?.text
        == "e2100-irf, martin and aipac were read independently, Brignone 2010 by its investigators;"
        + " denominators differ as the table says.")
    var asked = try request(
      "combination", ["regimen": "paclitaxel-breast", "immune": "imp321"],
      naming: ["regimen": "PaclitaxelBreast", "immune": "IMP321"])
    var evidence = asked.definitions?["immune"]?["combination"]?.array ?? []
    var source = try #require(evidence.first?.object)
    #expect(source["assessor"] == "investigator")
    source["assessor"] = nil
    evidence[0] = .object(source)
    asked.definitions?["immune"]?["combination"] = .array(evidence)
    let silent = try await Combination().run(asked, context: RunContext.detached)
    #expect(!silent.notes.contains { $0.code == "combination.populations" })
  }

  @Test func `unverified medians are named beside unverified counts`() async throws {
    let document = try await predict(("nab-paclitaxel-breast", "NabPaclitaxelBreast"))
    #expect(
      document.notes.first { $0.code == "combination.unverified" }?.text
        == "Unverified, not to be cited before somebody has compared the paper: counts of"
        + " impassion-130 (206/449) and brignone-2009 (0/21); median PFS of impassion-130.")
  }

  @Test func `every trial of the agent has a clause beside another backbone`() async throws {
    let document = try await predict(
      ("nab-paclitaxel-gemcitabine-pancreatic", "NabPaclitaxelGemcitabinePancreatic"))
    #expect(
      document.notes.first?.text
        == "Extrapolated from one uncontrolled trial; benefit is assumed by construction. No trial"
        + " beside this regimen is declared; randomized paclitaxel HR .93 (.67-1.30);"
        + " Wang-Gillam 2013 (gemcitabine) saw no added activity.")
  }

  private static let publishedTrialNotes: [String] = [
    "15/30 responded (50 %, 31-69). Published controls range 21-41 %; p runs .0004-.41. Uncontrolled:"
      + " doubling cannot be claimed.",
    "AIPAC, randomized, missed its primary endpoint, progression-free survival (HR .93 (.67-1.30)).",
    "The control decides: the predicted rate runs from 23.0 % to 42.9 % over 7 analyses of 4 trials.",
    "Brignone 2010's 15/30 is +27.8 points against e2100-irf, above response-level Bliss at observed"
      + " rates. Without interaction the agent alone would need 14.5 % to 36.6 %, by control.",
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
    #expect(document.tables.map(\.name) == ["controls", "alone", "predicted", "carried-over"])
  }

  @Test func `a backbone nobody tried says so`() async throws {
    let document = try await predict(("docetaxel-lung", "DocetaxelLung"))
    #expect(
      document.notes.first?.text
        == "Extrapolated from one uncontrolled trial; benefit is assumed by construction. No trial"
        + " beside this regimen is declared; randomized paclitaxel HR .93 (.67-1.30);"
        + " Wang-Gillam 2013 (gemcitabine) saw no added activity.")
  }

  @Test func `a backbone alone needs no agent`() async throws {
    let document = try await predict(
      ("docetaxel-lung", "DocetaxelLung"), ["patients": "40"], agent: false)
    #expect(
      document.primary?.text
        == "Docetaxel: 13.5 % predicted to respond (95 % credible 10.4 to 16.9), 1 to 10 of 40"
        + " patients (oak 57/425).")
    #expect(document.tables.map(\.name) == ["controls"])
    #expect(document.notes == [])
  }

  @Test func `one control has no range`() async throws {
    var asked = try request(
      "combination", ["regimen": "paclitaxel-breast", "immune": "imp321"],
      naming: ["regimen": "PaclitaxelBreast", "immune": "IMP321"])
    let controls = asked.definitions?["regimen"]?["control"]?.array ?? []
    asked.definitions?["regimen"]?["control"] = .array(Array(controls.prefix(1)))
    let document = try await Combination().run(asked, context: RunContext.detached)
    #expect(
      document.notes.first?.text
        == "15/30 responded (50 %, 31-69). The published control is 22 %; p is .0010. Uncontrolled:"
        + " doubling cannot be claimed.")
    #expect(!document.notes.contains { $0.code == "combination.control-decides" })
  }

  @Test func `an agent that carries no claim is an assumption all the same`() async throws {
    var asked = try request(
      "combination", ["regimen": "docetaxel-lung", "immune": "imp321"],
      naming: ["regimen": "DocetaxelLung", "immune": "IMP321"])
    asked.definitions?["immune"]?["combination"] = nil
    let document = try await Combination().run(asked, context: RunContext.detached)
    #expect(
      document.notes.first?.text
        == "Carried over from no trial; benefit is assumed by construction. No trial beside this"
        + " regimen is declared.")
  }

  @Test func `a definition with problems is refused with the first`() async throws {
    var asked = try request(
      "combination", ["regimen": "docetaxel-lung"], naming: ["regimen": "DocetaxelLung"])
    asked.definitions?["regimen"]?["line"] = nil
    asked.definitions?["regimen"]?["lines"] = "second"
    let wrong = asked
    let refusal = await #expect(throws: Refusal.self) {
      try await Combination().run(wrong, context: RunContext.detached)
    }
    #expect(
      refusal?.message
        == "the definition of docetaxel-lung has problems: definition.lines: no such key; did you"
        + " mean \"line\"?, and 1 more; plugins reload lists them all")
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
