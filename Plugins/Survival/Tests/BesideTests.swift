import Foundation
import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import ReferenceTesting
import Testing
import TimeToEvent

@testable import Survival

/// Historical medians, responders and the largest of several tests.
struct BesideTests {
  private static let old: [(day: Int, occurred: Bool)] = [
    (30, true), (45, true), (60, false), (90, true), (120, true),
  ]
  private static let new: [(day: Int, occurred: Bool)] = [
    (50, true), (80, true), (100, false), (150, true), (170, false),
  ]

  @Test func `a historical median is tested four ways and beside others`() async throws {
    let document = try await ImportedDataset.arms([("old", Self.old)])
      .run(["historical-median": "60d", "unit": "days"])
    let tests = document.tests.filter { $0.name == "historical-median" }
    #expect(
      tests.map(\.method) == ["one-sample-log-rank", "wu", "exact-poisson", "exponential"])
    #expect(tests.allSatisfy { $0.versus == "a median of 60 days" })
    // 345 days and 4 events; 345 log 2 / 60 are expected.
    let expected = 345 * log(2.0) / 60
    #expect(
      try #require(tests[0].statistic).agrees(
        with: (4 - expected) / expected.squareRoot(), within: 1e-12))
    // Twice the chance of as many events or more.
    let more =
      1
      - (0..<4).reduce(0.0) { sum, k in
        sum + exp(-expected) * pow(expected, Double(k))
          / (1...max(k, 1)).reduce(1.0) { $0 * Double($1) }
      }
    let fewer = 1 - more + exp(-expected) * pow(expected, 4) / 24
    #expect(
      try #require(tests[2].pValue).agrees(with: min(1, 2 * min(more, fewer)), within: 1e-12))
    let table = try #require(document.tables.first { $0.name == "historical-sensitivity" })
    #expect(table.rows.map { $0[1].number } == [36, 45, 54, 60, 66, 75, 90])
    #expect(table.rows[3][4].number == tests[0].pValue)
    #expect(document.notes.contains { $0.code == "historical.uncontrolled" })
  }

  @Test func `the largest of four tests is asked for by name or with all`() async throws {
    let dataset = try ImportedDataset.arms([("new", Self.new), ("old", Self.old)])
    let one = try await dataset.run(["by": "arm", "test": "maxcombo"])
    let tests = one.tests.filter { $0.name == "equal-hazards" }
    #expect(tests.map(\.method) == ["maxcombo"])
    let all = (Self.new + Self.old)
    let expected = try MaxComboTest(
      EventTimes(times: all.map { Double($0.day) }, occurred: all.map(\.occurred)),
      groups: Grouping(all.indices.map { $0 < Self.new.count ? "new" : "old" }))
    #expect(try #require(tests[0].pValue).agrees(with: expected.pValue, within: 1e-12))
    let every = try await dataset.run(["by": "arm", "test": "all"])
    #expect(every.tests.count { $0.method == "maxcombo" } == 1)
    let refusal = await #expect(throws: Refusal.self) {
      try await ImportedDataset.arms([("a", Self.new), ("b", Self.old), ("c", Self.old)])
        .run(["by": "arm", "test": "maxcombo"])
    }
    #expect(refusal?.message == "test=maxcombo compares two groups, and by=arm has 3")
  }

  /// Six patients; A, B and F respond, F after the landmark, C dies before it.
  private static func responders() throws -> ImportedDataset {
    try ImportedDataset(tables: [
      "subject.csv": "subject\nA\nB\nC\nD\nE\nF\n",
      "assessment.csv": """
      subject,day,overall
      A,42,PR
      B,84,CR
      C,42,SD
      D,42,SD
      E,42,SD
      F,42,SD
      F,126,PR

      """,
      "event.csv": """
      subject,endpoint,day,occurred
      A,os,300,1
      B,os,350,0
      C,os,60,1
      D,os,200,1
      E,os,110,0
      F,os,260,1

      """,
    ])
  }

  @Test func `responders are those of the landmark, among those who reach it`() async throws {
    let document = try await Self.responders().run([
      "endpoint": "os", "landmark": "84d", "unit": "days",
    ])
    let table = try #require(document.tables.first { $0.name == "responders" })
    #expect(
      table.rows.map { $0.map { $0.string ?? $0.number.map { "\($0)" } ?? "" } } == [
        ["non-responder", "3.0", "2.0", "146.0"], ["responder", "2.0", "1.0", "241.0"],
      ])
    #expect(
      document.notes.suffix(2).map(\.text) == [
        "From 84 days on 5 patients are compared by response up to then: 1 had the event before, 0 were"
          + " censored. A later response does not count.",
        "Responders and others are not compared from day 0: 3 responders could not have had the event"
          + " before they responded (in median after 84 days), so that 27.7 % of their follow-up was free"
          + " of it by definition.",
      ])
    let tests = document.tests.filter { $0.name == "responders" }
    #expect(tests.map(\.method) == ["landmark-log-rank", "mantel-byar"])
    // At day 200 two of four at risk are responders and a non-responder dies, at 260 two of three,
    // at 300 both: O - E = 1 - (1/2 + 2/3 + 1), V = 1/4 + 2/9.
    let statistic = (7.0 / 6) * (7.0 / 6) / (1.0 / 4 + 2.0 / 9)
    #expect(try #require(tests[0].statistic).agrees(with: statistic, within: 1e-12))
  }

  private static let refusals: [([String: String], String)] = [
    (
      ["endpoint": "dor", "landmark": "84d"],
      "landmark= compares responders with others, and dor is of responders only"
    ),
    (
      ["endpoint": "os", "landmark": "400d"],
      "landmark=: no patient was followed to day 400; the last was to day 350"
    ),
    (
      ["endpoint": "os", "landmark": "84d", "from": "lesions"],
      "the data set test has no lesion measurements to derive os from"
    ),
    (
      ["endpoint": "os", "historical-median": "0d"],
      "historical-median=0: expected a duration above 0, such as 5.8mo"
    ),
    (
      ["endpoint": "os", "historical-median": "6mo,5mo"],
      "historical-median=6mo,5mo: expected durations in rising order, such as 6mo,12mo"
    ),
  ]

  @Test(arguments: refusals)
  func `what cannot be asked is refused`(given: [String: String], message: String) async throws {
    let refusal = await #expect(throws: Refusal.self) { try await Self.responders().run(given) }
    #expect(refusal?.message == message)
  }

  @Test func `without assessments nobody is known to have responded`() async throws {
    let refusal = await #expect(throws: Refusal.self) {
      try await ImportedDataset.arms([("old", Self.old)]).run(["landmark": "84d"])
    }
    #expect(
      refusal?.message
        == "landmark= compares responders, and the data set test has no assessments that say who responded"
        + " when")
  }
}
