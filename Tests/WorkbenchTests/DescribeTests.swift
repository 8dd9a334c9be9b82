import ClientProtocol
import JSON
import Testing

@testable import Workbench

@Suite(.timeLimit(.minutes(2)))
struct DescribeTests {
  private func describe(_ files: [String: String]) async throws -> [String: JSONValue] {
    var tables: [String: JSONValue] = [:]
    try await Bench.with { (bench) async throws in
      for (name, text) in files { try bench.folder.write("trial/\(name).csv", text) }
      try await bench.session.say("import trial as trial", in: bench.folder.path)
      let document = try await bench.session.say("describe trial")
      for table in document["tables"]?.array ?? [] {
        tables[table["name"]?.string ?? ""] = table
      }
      let text = try await bench.session.ask(
        .command, ["line": "describe trial", "format": "text"])
      #expect(text.string?.contains("Disposition and baseline") == true)
    }
    return tables
  }

  private static let trial = [
    "subject": """
    subject,arm,dose_level,dose_unit,sex,age
    S1,A,1,mg,F,40
    S2,A,1,mg,F,61
    S3,A,6,mg,M,70
    S4,A,6,mg,,
    S5,A,6,mg,F,55.5

    """,
    "lesion": """
    subject,lesion,role,site,nodal
    S1,T1,TARGET,LIVER,0
    S1,T2,TARGET,LUNG,0
    S2,T1,TARGET,LIVER,0
    S3,T1,TARGET,LIVER,0
    S4,N1,NON-TARGET,,0

    """,
    "measurement": """
    subject,lesion,day,visit,diameter,state,evaluator
    S1,T1,-20,SCREENING,99,,INVESTIGATOR
    S1,T1,-3,SCREENING,20.1,,INVESTIGATOR
    S1,T2,0,SCREENING,10.2,,INVESTIGATOR
    S1,T1,-3,SCREENING,50,,READER 1
    S1,T1,56,WEEK 8,15,,INVESTIGATOR
    S1,T2,57,WEEK 8,5,,INVESTIGATOR
    S2,T1,-3,SCREENING,40,,INVESTIGATOR
    S3,T1,56,WEEK 8,12,,INVESTIGATOR

    """,
    "assessment": """
    subject,day,visit,target,overall,evaluator
    S1,57,WEEK 8,,PR,INVESTIGATOR
    S2,60,WEEK 8,,NE,INVESTIGATOR
    S3,56,WEEK 8,SD,,INVESTIGATOR

    """,
    "event": """
    subject,endpoint,day,occurred
    S1,pfs,120,0
    S4,pfs,,1

    """,
  ]

  @Test func tellsDispositionAndBaselineByDose() async throws {
    let table = try #require(try await describe(Self.trial)["baseline"])
    #expect(table["columns"]?.array?.map { $0["label"] } == ["", "1 mg", "6 mg", "All"])
    let rows = (table["rows"]?.array ?? []).map { $0.array?.compactMap(\.string) ?? [] }
    #expect(
      rows == [
        ["Patients", "2", "3", "5"],
        ["Scanned after day 0", "2 (100.0 %)", "1 (33.3 %)", "3 (60.0 %)"],
        ["Evaluable response", "1 (50.0 %)", "0 (0.0 %)", "1 (20.0 %)"],
        ["Scans after day 0", "1.5 (1-2)", "0 (0-1)", "1 (0-2)"],
        ["Last day known", "90 (60-120)", "56 (56-56)", "60 (56-120)"],
        ["Age, years", "50.5 (40-61)", "62.8 (55.5-70)", "58.2 (40-70)"],
        ["Age missing", "0", "1", "1"],
        ["Sex F", "2 (100.0 %)", "1 (33.3 %)", "3 (60.0 %)"],
        ["Sex M", "0 (0.0 %)", "1 (33.3 %)", "1 (20.0 %)"],
        ["Sex missing", "0", "1", "1"],
        ["Target lesion", "2 (100.0 %)", "1 (33.3 %)", "3 (60.0 %)"],
        ["Target lesions each", "1.5 (1-2)", "1 (1-1)", "1 (1-2)"],
        ["Baseline sum, mm", "35.1 (30.3-40)", "", "35.1 (30.3-40)"],
        ["Sum not known", "0", "3", "3"],
      ])
  }

  @Test func countsSitesAndMissingValues() async throws {
    let tables = try await describe(Self.trial)
    #expect(
      tables["sites"]?["rows"] == [
        ["LIVER", "TARGET", 3, 3], ["LUNG", "TARGET", 1, 1], [.null, "NON-TARGET", 1, 1],
      ])
    let missing = (tables["missing"]?["rows"]?.array ?? []).map {
      ($0.array ?? []).prefix(4).map(\.text).joined(separator: " ")
    }
    #expect(
      missing == [
        #""subject" "cohort" 5 5"#, #""subject" "sex" 1 5"#, #""subject" "age" 1 5"#,
        #""subject" "first_dose" 5 5"#, #""lesion" "site" 1 5"#,
        #""assessment" "overall, after day 0" 1 3"#, #""event" "day" 1 2"#,
      ])
  }

  /// Without lesions one by one the reported sums count, and many groups share one column.
  @Test func readsReportedSumsAndManyGroups() async throws {
    let subjects = (1...7).map { "S\($0),\($0)\n" }.joined()
    let table = try #require(
      try await describe([
        "subject": "subject,arm\n" + subjects,
        "assessment":
          "subject,day,sum_of_diameters\nS1,-9,70\nS1,-2,60.5\nS1,56,30\nS2,-2,20\nS3,5,10\n",
      ])["baseline"])
    #expect(table["columns"]?.array?.map { $0["label"] } == ["", "All"])
    let rows = (table["rows"]?.array ?? []).map { $0.array?.compactMap(\.string) ?? [] }
    #expect(rows.contains(["Baseline sum, mm", "40.2 (20-60.5)"]))
    #expect(rows.contains(["Sum not known", "5"]))
  }
}

struct SpreadTests {
  @Test(
    arguments: [
      ([3], "3 (3-3)"), ([2, 1], "1.5 (1-2)"), ([5, 1, 2], "2 (1-5)"),
      ([-3, 4, 0, 0], "0 (-3 to 4)"), ([0.25, 0.35], "0.3 (0.2-0.3)"),
    ] as [([Double], String)])
  func isTheMedianAndTheRange(_ numbers: [Double], _ text: String) {
    #expect(Spread(numbers)?.text == text)
  }

  @Test func nothingHasNone() { #expect(Spread([]) == nil) }
}
