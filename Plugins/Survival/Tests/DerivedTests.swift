import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import Testing

@testable import Survival

struct DerivedTests {
  /// Four patients: a response that lasts, one lost to progression, a death, and one never assessed.
  private static let tables = [
    "subject.csv": "subject,arm\nA,x\nB,x\nC,y\nD,y\n",
    "assessment.csv": ResponseHistories.assessments,
    "event.csv": """
    subject,endpoint,day,occurred
    A,os,300,0
    B,os,250,1
    C,os,60,1
    B,pfs,150,1

    """,
  ]

  private static func dataset() throws -> ImportedDataset { try ImportedDataset(tables: tables) }

  private static func cells(
    _ document: ResultDocument, _ name: String
  ) throws -> [[String]] {
    let table = try #require(document.tables.first { $0.name == name })
    return table.rows.map { row in
      row.map { $0.string ?? $0.integer.map { "\($0)" } ?? $0.number.map { "\($0)" } ?? "" }
    }
  }

  @Test func `an endpoint the data set lacks is derived`() async throws {
    let document = try await Self.dataset().run(["endpoint": "ttp", "unit": "days"])
    #expect(
      document.primary?.text
        == "Median time to progression 210 days (95 % log limits not reached), 1 event"
        + " in 4 patients.")
    #expect(
      try Self.cells(document, "endings") == [
        ["all patients", "progression", "event", "1"],
        ["all patients", "event-free at the last assessment", "censored", "1"],
        ["all patients", "death without progression", "censored", "1"],
        ["all patients", "never evaluable", "censored", "1"],
      ])
    #expect(document.methods.first?.topic == "times")
    #expect(
      document.methods.first?.choice
        == "derived from the reported RECIST 1.1 responses, deaths and last contacts (events os and"
        + " death). An assessment is a sign of life; admiralonco takes the last day known alive as the"
        + " source gives it")
  }

  @Test func `an endpoint the data set has is read, unless asked otherwise`() async throws {
    let given = try await Self.dataset().run(["endpoint": "pfs", "unit": "days"])
    #expect(given.tables.allSatisfy { $0.name != "endings" })
    #expect(given.notes.first?.text == "3 of 4 patients without a day of pfs are left out.")
    let derived = try await Self.dataset().run([
      "endpoint": "pfs", "unit": "days", "from": "reported",
    ])
    #expect(
      derived.notes.first?.text
        == "1 of 1 patient has another time in the events of test: B has day 150, event there and day"
        + " 210, event here.")
    #expect(try Self.cells(derived, "between-scans") == [["all patients", "126", "210", ""]])
  }

  @Test func `patients without a response have no duration of it`() async throws {
    let document = try await Self.dataset().run([
      "endpoint": "dor", "unit": "days", "times": "yes",
    ])
    #expect(document.notes.first?.text == "2 of 4 patients without a response are left out.")
    #expect(
      try Self.cells(document, "adtte") == [
        [
          "A", "DOR", "Duration of response", "", "43", "", "127", "85", "DAYS", "1",
          "event-free at the last assessment", "last evaluable assessment",
        ],
        [
          "B", "DOR", "Duration of response", "", "43", "", "211", "169", "DAYS", "0",
          "progression", "",
        ],
      ])
    let confirmed = await #expect(throws: Refusal.self) {
      try await Self.dataset().run(["endpoint": "dor", "confirm": "84d"])
    }
    #expect(confirmed?.message == "none of the 4 patients of test has a response")
  }

  @Test func `stabilization says what became of the partial response`() async throws {
    let document = try await Self.dataset().run(["endpoint": "stabilization"])
    #expect(
      try Self.cells(document, "after-partial-response") == [
        ["all patients", "grown back to stable disease", "2"]
      ])
  }

  @Test func `the swimmer shows every course and what ended the time`() async throws {
    let document = try await Self.dataset().run(["endpoint": "ttp", "unit": "days"])
    #expect(document.figures.map(\.name) == ["kaplan-meier", "swimmer"])
    let figure = try #require(document.figures.last)
    #expect(figure.series.map(\.name) == ["all patients", "PR", "PD", "death", "alive, no event"])
    let bars = figure.series[0]
    #expect(bars.y.map(\.string) == ["A", "B", "C", "D"])
    #expect(bars.upper?.map(\.number) == [300, 250, 60, 0])
    #expect(
      bars.labels == [
        "event-free at the last assessment", "progression", "death without progression",
        "never evaluable",
      ])
    #expect(figure.series[1].x.map(\.number) == [42, 42])
    #expect(figure.series[4].y.map(\.string) == ["A", "D"])
  }

  private static let rules: [([String: String], [[String]])] = [
    (
      ["longest-gap": "125d"],
      [
        ["all patients", "death", "event", "1"],
        ["all patients", "event-free at the last assessment", "censored", "1"],
        ["all patients", "too many scans missed before", "censored", "1"],
        ["all patients", "never evaluable", "censored", "1"],
      ]
    ),
    (
      ["longest-gap": "126d"],
      [
        ["all patients", "progression", "event", "1"], ["all patients", "death", "event", "1"],
        ["all patients", "event-free at the last assessment", "censored", "1"],
        ["all patients", "never evaluable", "censored", "1"],
      ]
    ),
  ]

  @Test(arguments: rules)
  func `an event long after the last assessment does not count`(
    given: [String: String], endings: [[String]]
  ) async throws {
    let document = try await Self.dataset().run(
      given.merging(["endpoint": "pfs", "from": "reported"]) { $1 })
    #expect(try Self.cells(document, "endings") == endings)
  }

  private static let refusals: [([String: String], String)] = [
    (
      ["endpoint": "pfs", "confirm": "28d"],
      "confirm= is for times derived from assessments, and pfs is read from the events of test: add"
        + " from=reported or from=lesions"
    ),
    (
      ["endpoint": "dor", "from": "lesions"],
      "the data set test has no lesion measurements to derive dor from"
    ),
    (
      ["endpoint": "pfs", "from": "reported", "criteria": "irecist"],
      "the data set test has no iRECIST responses to derive pfs from"
    ),
    (
      ["endpoint": "dor", "evaluator": "X"],
      "evaluator=X: the data set test has no named evaluator"
    ),
    (
      ["endpoint": "dor", "confirm": "soon"],
      "confirm=soon: expected none, or a duration such as 28d or 4w"
    ),
    (
      ["endpoint": "dor", "from": "events"],
      "endpoint=dor: test has no such events; it has os, pfs"
    ),
  ]

  @Test(arguments: refusals)
  func `what cannot be derived is refused`(given: [String: String], message: String) async throws {
    let refusal = await #expect(throws: Refusal.self) { try await Self.dataset().run(given) }
    #expect(refusal?.message == message)
  }

  @Test func `a scan after death is refused with the patient's name`() async throws {
    var tables = Self.tables
    tables["event.csv"] = "subject,endpoint,day,occurred\nA,os,100,1\n"
    let refusal = await #expect(throws: Refusal.self) {
      try await ImportedDataset(tables: tables).run(["endpoint": "ttp"])
    }
    #expect(
      refusal?.message
        == "A has assessment on day 126, after death on day 100: correct test, or leave them out with"
        + " where=")
  }

  @Test func `without deaths progressions are all there is, and the result says so`() async throws {
    var tables = Self.tables
    tables["event.csv"] = "subject,endpoint,day,occurred\nA,os,,1\n"
    let document = try await ImportedDataset(tables: tables).run(["endpoint": "pfs"])
    #expect(
      document.notes.prefix(2).map(\.text) == [
        "1 of 4 patients died on a day that is not known: their deaths do not count.",
        "The data set has no deaths (events os or death with a day): only progressions count.",
      ])
  }

  @Test func `each of a patient's times is explained`() async throws {
    let dataset = try Self.dataset()
    let request = try plugin.request("explain-times", ["subject": "B"], dataset: dataset.file)
    let document = try await Survival().run(request, context: .detached)
    #expect(document.title == "B: times to events")
    #expect(
      try Self.cells(document, "course") == [
        ["42", "assessment: PR"], ["84", "assessment: SD"], ["210", "assessment: PD"],
        ["250", "death"],
      ])
    #expect(
      try Self.cells(document, "times") == [
        ["Time to response", "0", "42", "event", "response on day 42"],
        ["Duration of response", "42", "168", "event", "progression on day 210"],
        ["Progression-free survival", "0", "210", "event", "progression on day 210"],
        ["Time to progression", "0", "210", "event", "progression on day 210"],
        ["Overall survival", "0", "250", "event", "death on day 250"],
        ["Stabilization after partial response", "42", "168", "event", "progression on day 210"],
      ])
    #expect(
      document.notes.map(\.text) == [
        "After the partial response: grown back to stable disease.",
        "The events of test have pfs as day 150, event; here it is day 210, event.",
      ])
  }

  @Test func `an unknown patient is refused with the nearest name`() async throws {
    let dataset = try ImportedDataset.simulated()
    let request = try plugin.request(
      "explain-times", ["subject": "SIM-12"], dataset: dataset.file)
    let refusal = await #expect(throws: Refusal.self) {
      try await Survival().run(request, context: .detached)
    }
    #expect(refusal?.message == "test has no subject SIM-12; did you mean SIM-012?")
  }
}
