import Foundation
import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import Testing
import TrialData

@testable import ResponseRate

/// Criteria, confirmation and rule sets on small made-up patients.
struct RuleTests {
  /// A has a confirmed PR, B one at the last scan, C one before PD, and D no assessment.
  static let reported = """
    subject,day,overall,evaluator
    A,56,PR,INVESTIGATOR
    A,84,PR,INVESTIGATOR
    B,56,SD,INVESTIGATOR
    B,112,CR,INVESTIGATOR
    C,56,PR,INVESTIGATOR
    C,112,PD,INVESTIGATOR
    """
  static let subjects = "subject\nA\nB\nC\nD\n"

  private static func reportedDataset() throws -> ImportedDataset {
    try ImportedDataset(tables: ["assessment.csv": reported, "subject.csv": subjects])
  }

  @Test(
    "confirmation decides who responded",
    arguments: [
      ([:], 3), (["confirm": "none"], 3), (["confirm": "28d"], 1), (["confirm": "29d"], 0),
      (["confirm": "4w", "confirm-window": "4w"], 1), (["criteria": "recist-1.0"], 1),
      (["criteria": "recist-1.0", "confirm": "none"], 3),
    ] as [([String: String], Int)])
  func confirmation(given: [String: String], responders: Int) async throws {
    let document = try await run(try Self.reportedDataset(), given)
    #expect(document.estimates.first?.count == .init(events: responders, total: 4))
  }

  @Test func `a response at the last scan is said to be open`() async throws {
    let document = try await run(try Self.reportedDataset(), ["confirm": "28d"])
    let note = try #require(document.notes.first { $0.code == "responses.not-derivable" })
    #expect(
      note.text
        == "1 patient has a response first seen at the last scan: confirmation is not derivable, and"
        + " they do not count as responders. If all were confirmed, 2/4 would respond.")
    let unconfirmed = try await run(try Self.reportedDataset(), [:])
    #expect(!unconfirmed.notes.contains { $0.code == "responses.not-derivable" })
  }

  @Test func `the method card says which rules were used, and who asked for them`() async throws {
    func choice(_ given: [String: String]) async throws -> String? {
      let document = try await run(try Self.reportedDataset(), given)
      return document.methods.first { $0.topic == "best overall response" }?.choice
    }
    #expect(
      try await choice([:])
        == "RECIST 1.1, unconfirmed, stable disease from day 42, up to the first progression")
    #expect(
      try await choice(["confirm": "28d", "max-ne": "0", "max-sd": "1", "confirm-window": "60d"])
        == "RECIST 1.1, confirmed at least 28 and at most 60 days later with at most 0 not evaluable"
        + " and 1 stable between, stable disease from day 42, up to the first progression")
    #expect(
      try await choice(["criteria": "recist-1.0"])?.contains("(as RECIST 1.0 asks)") == true)
  }

  @Test(
    "refuses rules that cannot be",
    arguments: [
      (
        ["confirm": "soon"], "confirm",
        "confirm=soon: expected none, or a duration such as 28d or 4w"
      ),
      (
        ["confirm-window": "84d"], "confirm-window",
        "confirm-window= needs confirm=, such as confirm=28d"
      ),
      (
        ["confirm": "28d", "confirm-window": "27d"], "confirm-window",
        "confirm-window=27d: nothing lies between 28 days and 27"
      ),
      (
        ["from": "reported", "criteria": "irecist"], "from",
        "the data set test has no reported iRECIST responses"
      ),
    ] as [([String: String], String, String)])
  func refusals(given: [String: String], parameter: String, message: String) async throws {
    let dataset = try Self.reportedDataset()
    let refusal = await #expect(throws: Refusal.self) { try await run(dataset, given) }
    #expect(refusal?.parameter == parameter)
    #expect(refusal?.message == message)
  }

  @Test("an event says nothing of confirmation", arguments: ["confirm", "criteria", "rules"])
  func events(parameter: String) async throws {
    let dataset = try ImportedDataset(tables: [
      "event.csv": "subject,endpoint,day,occurred\nA,response,,1\nB,response,,0\n"
    ])
    let values = ["confirm": "28d", "criteria": "irecist", "rules": "all"]
    let refusal = await #expect(throws: Refusal.self) {
      try await run(dataset, [parameter: values[parameter] ?? ""])
    }
    #expect(refusal?.kind == "data.no-visits")
    #expect(refusal?.parameter == parameter)
  }

  @Test("a new therapy ends the evaluation", arguments: [("cut", 2), ("ignore", 3)])
  func newTherapy(choice: String, responders: Int) async throws {
    let dataset = try ImportedDataset(tables: [
      "assessment.csv": Self.reported, "subject.csv": Self.subjects,
      "event.csv": "subject,endpoint,day,occurred\nB,new-therapy,100,1\nA,new-therapy,90,0\n",
    ])
    let document = try await run(dataset, ["new-therapy": choice])
    #expect(document.estimates.first?.count?.events == responders)
  }

  @Test func `not evaluable patients are counted all ways`() async throws {
    let document = try await run(try Self.reportedDataset(), [:])
    let table = try #require(document.tables.first { $0.name == "not-evaluable" })
    #expect(table.rows.map { $0[1].integer } == [3, 3, 4])
    #expect(table.rows.map { $0[2].integer } == [4, 3, 4])
    #expect(table.rows.map { $0[6].number } == [0.75, 1, 1])
  }

  @Test func `all rule sets stand side by side, with who changes and why`() async throws {
    let document = try await run(try Self.reportedDataset(), ["rules": "all"])
    #expect(document.title == "Objective response rate: 1/4 to 3/4 as the rules vary")
    #expect(document.notes.first?.code == "rules.matter")
    let table = try #require(document.tables.first)
    #expect(table.name == "rules")
    let counts = Dictionary(
      uniqueKeysWithValues: table.rows.map { ($0[0].string ?? "", $0[2].integer) })
    #expect(
      counts == [
        "recist-1.1 (given)": 3, "recist-1.1-sd-8w": 3, "recist-1.1-confirmed": 1,
        "recist-1.1-confirmed-21d": 1, "recist-1.1-confirmed-one-sd": 1, "recist-1.0": 1,
      ])
    // Without iRECIST responses or lesions there is nothing to say of iRECIST.
    #expect(document.notes.contains { $0.code == "rules.not-derivable" })
    let changes = document.tables[1].rows.map { $0.map { $0.string ?? "" } }
    #expect(changes.map { $0[0] } == ["B", "C"])
    #expect(
      changes.map { $0[4] } == [
        "CR on day 112, at the last scan: confirmation not derivable",
        "PR on day 56, not confirmed: PD on day 112",
      ])
  }

  @Test func `rules that are none of the published ones keep their own row`() async throws {
    let document = try await run(
      try Self.reportedDataset(), ["rules": "all", "min-sd": "49d"])
    #expect(document.tables[0].rows.first?.first?.string == "as given")
    #expect(document.tables[0].rows.count == 7)
  }

  @Test func `on the CDISC pilot confirmation moves responders from 4 of 8 to 1 of 8`() async throws
  {
    let files = ["tu", "tr", "rs"].map { "cdisc/sdtm_\($0)_onco_recist.csv" }
    guard let paths = SharedData.paths(files) else { return }
    let dataset = try ImportedDataset(paths, options: ImportOptions(impute: .first))
    let document = try await run(dataset, ["rules": "all"])
    #expect(document.title == "Objective response rate: 1/8 to 4/8 as the rules vary")
    let table = try #require(document.tables.first { $0.name == "rules" })
    let counts = Dictionary(
      uniqueKeysWithValues: table.rows.map { ($0[0].string ?? "", $0[2].integer) })
    #expect(counts["recist-1.1 (given)"] == 4)
    #expect(counts["recist-1.1-confirmed"] == 1)
    #expect(counts["recist-1.1-confirmed-21d"] == 3)
    #expect(counts.count == 7)
    let agreement = try #require(document.tables.first { $0.name == "agreement" })
    #expect(agreement.rows.map { $0[3].integer } == [22, 22, 22, 20, 21, 19])
    let differing = try #require(document.tables.first { $0.name == "discordant-patients" })
    #expect(Set(differing.rows.map { $0[0].string }) == ["01-701-1028"])
  }
}
