import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import RECIST
import Testing

@testable import ResponseRate

/// `explain` on one made-up patient with a target, a node, a non-target and a new lesion.
struct ExplanationTests {
  static let lesions = """
    subject,lesion,role,site,nodal
    P1,T01,TARGET,LIVER,0
    P1,T02,TARGET,LYMPH NODE,1
    P1,N01,NON-TARGET,BONE,0
    P1,X01,NEW,LUNG,0
    """

  private func dataset(
    _ rows: [String], assessments: String = "P1,42,SD,A\n"
  ) throws -> ImportedDataset {
    let header = "subject,lesion,day,visit,diameter,state,evaluator\n"
    return try ImportedDataset(tables: [
      "lesion.csv": Self.lesions,
      "measurement.csv": header
        + (["T01,-3,BASE,48,", "T02,-3,BASE,20,", "N01,-3,BASE,,PRESENT"] + rows)
        .map { "P1,\($0),A\n" }.joined(),
      "assessment.csv": "subject,day,overall,evaluator\n\(assessments)",
    ])
  }

  private func explain(
    _ dataset: ImportedDataset, _ given: [String: String] = [:]
  ) async throws -> ResultDocument {
    var values = ["subject": "P1", "from": "lesions"]
    values.merge(given) { $1 }
    return try await run(dataset, values, analysis: "explain")
  }

  private func column(_ document: ResultDocument, _ table: String, _ name: String) -> [JSONValue] {
    guard let table = document.tables.first(where: { $0.name == table }),
      let index = table.columns.firstIndex(where: { $0.name == name })
    else { return [] }
    return table.rows.map { $0[index] }
  }

  static let series = [
    "T01,42,V1,33.6,", "T02,42,V1,14,", "N01,42,V1,,PRESENT",
    "T01,84,V2,40,", "T02,84,V2,17.12,", "N01,84,V2,,PRESENT",
    "T01,126,V3,0,", "T02,126,V3,9,", "N01,126,V3,,ABSENT",
  ]

  @Test func `sums, nadirs and the rules that fired, with their numbers`() async throws {
    let document = try await explain(try dataset(Self.series), ["confirm": "28d"])
    #expect(document.title == "P1: best overall response SD by RECIST 1.1")
    #expect(column(document, "visits", "sum").map(\.number) == [68, 47.6, 57.12, 9])
    #expect(column(document, "visits", "nadir").map(\.number) == [nil, 68, 47.6, 47.6])
    #expect(
      column(document, "decisions", "rule").map(\.string) == [
        "target PR: sum 47.6 mm: -30.0 % (-20.4 mm) from baseline 68 mm, at least 30 % smaller",
        "target PD: sum 57.12 mm: +20.0 % (+9.52 mm) from nadir 47.6 mm, at least 20 % and 5 mm",
        "target CR: all lesions gone, nodes normal (sum 9 mm)",
      ])
    #expect(
      column(document, "decisions", "reason").map(\.string) == [
        "PR on day 42, not confirmed: PD on day 84", "PD on day 84",
        "CR on day 126, left out: progression on day 84 ended the evaluation",
      ])
    #expect(column(document, "decisions", "worth").map(\.string) == ["SD", "PD", "-"])
  }

  @Test func `reported responses stand beside the derived ones`() async throws {
    let document = try await explain(try dataset(Self.series), ["from": "auto"])
    #expect(document.title == "P1: best overall response SD by RECIST 1.1")
    #expect(
      column(document, "decisions", "rule").first?.string?.hasPrefix(
        "as reported; the lesions say PR (target PR: sum 47.6 mm") == true)
    #expect(
      document.notes.first { $0.code == "explain.discordance" }?.text
        == "Reported and derived responses differ on day 42.")
  }

  @Test func `iRECIST tells what confirmed what, and when progression began`() async throws {
    let rows = [
      "T01,42,V1,60,", "T02,42,V1,22,", "N01,42,V1,,PRESENT",
      "T01,84,V2,66.5,", "T02,84,V2,22,", "N01,84,V2,,PRESENT",
    ]
    let document = try await explain(try dataset(rows), ["criteria": "irecist"])
    #expect(document.title == "P1: best overall response iCPD by iRECIST")
    #expect(column(document, "visits", "derived").map(\.string) == [nil, "iUPD", "iCPD"])
    #expect(
      column(document, "decisions", "rule").last?.string?.hasSuffix(
        "target lesions grew a further 6.5 mm: confirms the progression of day 42") == true)
    #expect(
      document.notes.first { $0.code == "explain.progression" }?.text
        == "Progression is dated on day 42, the first iUPD of the block that day 84 confirms.")
  }

  @Test func `a new lesion by iRECIST, and the response after it`() async throws {
    let rows = [
      "T01,42,V1,48,", "T02,42,V1,20,", "N01,42,V1,,PRESENT", "X01,42,V1,12,",
      "T01,84,V2,20,", "T02,84,V2,20,", "N01,84,V2,,PRESENT", "X01,84,V2,12,",
    ]
    let dataset = try dataset(rows)
    let immune = try await explain(dataset, ["criteria": "irecist"])
    #expect(column(immune, "visits", "derived").map(\.string) == [nil, "iUPD", "iPR"])
    let plain = try await explain(dataset)
    #expect(column(plain, "visits", "derived").map(\.string) == [nil, "PD", "PD"])
  }

  @Test func `an unknown subject brings the nearest name`() async throws {
    let dataset = try dataset(Self.series)
    let refusal = await #expect(throws: Refusal.self) {
      try await explain(dataset, ["subject": "P2"])
    }
    #expect(refusal?.message == "test has no subject P2")
    #expect(refusal?.parameter == "subject")
    let simulated = try ImportedDataset.simulated()
    let near = await #expect(throws: Refusal.self) {
      try await explain(simulated, ["subject": "SIM-01"])
    }
    #expect(near?.message == "test has no subject SIM-01; did you mean SIM-001?")
    #expect(near?.expected == "one of its 30 subjects")
  }

  @Test func `target lesions that are not what the criteria ask for are named`() async throws {
    let dataset = try ImportedDataset(tables: [
      "lesion.csv": "subject,lesion,role,site,nodal\nP1,T01,TARGET,LIVER,0\n",
      "measurement.csv": "subject,lesion,day,diameter\nP1,T01,-1,8\nP1,T01,42,8\n",
    ])
    let document = try await explain(dataset)
    #expect(
      document.notes.first { $0.code == "responses.baseline" }?.text
        == "The target lesions of 1 patient are not what RECIST 1.1 asks for (P1: target lesion T01"
        + " measures 8 mm, at least 10).")
  }

  @Test func `explain and the rate agree on every simulated patient`() async throws {
    let dataset = try ImportedDataset.simulated()
    for given in [[:], ["confirm": "28d"], ["criteria": "recist-1.0", "from": "lesions"]] {
      let rate = try await run(dataset, given)
      var responders = 0
      for number in 1...30 {
        let subject = "SIM-0" + (number < 10 ? "0" : "") + "\(number)"
        let title =
          try await run(
            dataset, given.merging(["subject": subject]) { $1 }, analysis: "explain"
          ).title ?? ""
        if title.contains("response CR") || title.contains("response PR") { responders += 1 }
      }
      #expect(rate.estimates.first?.count?.events == responders)
    }
  }
}
