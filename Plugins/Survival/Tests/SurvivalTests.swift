import JSON
import PluginProtocol
import PluginTesting
import Testing

@testable import Survival

struct SurvivalTests {
  private static let times: [(day: Int, occurred: Bool)] = [(30, true), (60, false), (90, true)]

  private static let refusals: [([String: String], String)] = [
    (
      ["endpoint": "pfz"],
      "endpoint=pfz: test has no such events; it has pfs; did you mean pfs?"
    ),
    (
      ["by": "arm"],
      "by=arm: all 3 patients have the arm new, and a comparison needs two groups; leave by= out for"
        + " one curve"
    ),
    (
      ["test": "log-rank"],
      "test= compares groups, and none are named: add by=arm, dose_level, cohort or sex"
    ),
    (
      ["stratify": "sex"],
      "stratify= compares groups, and none are named: add by=arm, dose_level, cohort or sex"
    ),
    (
      ["by": "sex", "stratify": "sex"],
      "stratify=sex: the groups of by=sex cannot be their own strata"
    ),
    (["by": "sex", "reference": "X"], "reference=X: the groups are F, M"),
    (["by": "cohort"], "none of the 3 patients of test has a value of cohort"),
    (
      ["at": "6mo,3mo"], "at=6mo,3mo: expected durations in rising order, such as 6mo,12mo"
    ),
    (
      ["until": "91d", "where": "subject != S103"],
      "until= is day 91, and the last patient was followed to day 60: a mean up to a later day cannot"
        + " be estimated"
    ),
    (
      ["by": "sex", "stratify": "sex,age"],
      "stratify=sex,age: expected different ones of arm, dose_level, cohort, sex with commas"
    ),
    (
      ["where": "subject = S102"],
      "none of the 1 patient had the event pfs: all are censored, and there is nothing to estimate"
    ),
  ]

  @Test(arguments: refusals)
  func `what cannot be answered is refused`(given: [String: String], message: String) async throws {
    let dataset = try ImportedDataset.arms([("new", Self.times)])
    let refusal = await #expect(throws: Refusal.self) { try await dataset.run(given) }
    #expect(refusal?.message == message)
  }

  @Test func `events without days are refused, and those with days are named`() async throws {
    let dataset = try ImportedDataset(tables: [
      "subject.csv": "subject\nA\n",
      "event.csv": "subject,endpoint,day,occurred\nA,response,,1\nA,os,9,1\n",
    ])
    let refusal = await #expect(throws: Refusal.self) {
      try await dataset.run(["endpoint": "response"])
    }
    #expect(
      refusal?.message
        == "the events response of test have no days, so that nothing shows how long they took; those"
        + " with days are os")
  }

  @Test func `a day before day 0 is refused`() async throws {
    let dataset = try ImportedDataset.arms([("new", [(-3, true), (9, true)])])
    let refusal = await #expect(throws: Refusal.self) { try await dataset.run([:]) }
    #expect(
      refusal?.message
        == "S101 has pfs on day -3: a time to event starts on day 0 and cannot be negative")
  }

  @Test func `more groups than can be compared are refused`() async throws {
    let dataset = try ImportedDataset.arms((1...51).map { ("arm \($0)", [(9, true)]) })
    let refusal = await #expect(throws: Refusal.self) { try await dataset.run(["by": "arm"]) }
    #expect(
      refusal?.message
        == "by=arm: 51 groups are more than the 50 that can be compared; narrow them with where=")
  }

  @Test func `one patient with an event has a median and no upper limit`() async throws {
    let document = try await ImportedDataset.arms([("new", [(9, true)])]).run(["unit": "days"])
    #expect(
      document.primary?.text
        == "Median progression-free survival 9 days (95 % log limits not reached), 1"
        + " event in 1 patient.")
    #expect(document.estimates.first { $0.name == "median" }?.interval == nil)
  }

  @Test func `an event on day 0 lowers the curve at once`() async throws {
    let document = try await ImportedDataset.arms([("new", [(0, true), (8, true)])])
      .run(["unit": "days", "at": "0d", "limits": "plain"])
    let table = try #require(document.tables.first { $0.name == "landmarks" })
    #expect(table.rows[0][4].number == 0.5)
    #expect(table.rows[0][3].integer == 1)
  }

  @Test func `an arm without events has no hazard ratio, and says so`() async throws {
    let censored: [(day: Int, occurred: Bool)] = [(40, false), (70, false), (100, false)]
    let document = try await ImportedDataset.arms([("new", censored), ("old", Self.times)])
      .run(["by": "arm"])
    let ratio = try #require(document.estimates.first { $0.name == "hazard-ratio" })
    #expect(ratio.value == nil)
    #expect(
      ratio.status
        == "the hazard ratio of old is infinite: the larger its coefficient becomes in that direction,"
        + " the likelier the data")
    #expect(
      document.primary?.text.hasPrefix("new: median not reached (95 % log limits not reached")
        == true)
    #expect(document.tests.contains { $0.method == "log-rank" && $0.pValue != nil })
  }

  @Test func `means with an arm without events have no limits and no test`() async throws {
    let censored: [(day: Int, occurred: Bool)] = [(40, false), (70, false), (100, false)]
    let document = try await ImportedDataset.arms([("new", censored), ("old", Self.times)])
      .run(["by": "arm"])
    let why = "a group's events by then are too few to estimate a variance"
    let means = document.estimates.filter { $0.name.hasPrefix("restricted-mean") }
    #expect(
      means.map(\.status) == [
        "no limits: \(why)", nil, "no limits: \(why)", "no limits: \(why)",
      ])
    #expect(means.map { $0.interval == nil } == [true, false, true, true])
    let test = try #require(document.tests.first { $0.name == "restricted-means" })
    #expect(test.pValue == nil && test.statistic == nil && test.status == why)
  }

  @Test func `patients without the endpoint or the group are counted`() async throws {
    let dataset = try ImportedDataset(tables: [
      "subject.csv": "subject,arm\nA,x\nB,y\nC,\nD,y\n",
      "event.csv":
        "subject,endpoint,day,occurred\nA,pfs,9,1\nB,pfs,12,1\nC,pfs,20,1\nD,pfs,,0\n",
    ])
    let document = try await dataset.run(["by": "arm"])
    #expect(
      document.notes.map(\.text).prefix(2) == [
        "1 of 4 patients without a day of pfs is left out.",
        "1 of 3 patients without a value of arm is left out.",
      ])
  }

  @Test(arguments: [
    ("log", "95 % log limits 1.906 to 2.300"), ("log-log", "95 % log-log limits 1.873 to 2.267"),
  ])
  func `INSPIRE has the published medians`(scale: String, limits: String) async throws {
    guard let inspire = try ImportedDataset.inspire() else { return }
    let document = try await inspire.run(["limits": scale])
    #expect(
      document.primary?.text
        == "Median progression-free survival 1.938 months (\(limits)), 82 events in 94 patients.")
    let median = try #require(document.estimates.first { $0.name == "median" })
    // survfit of the source's own months: it gives 2.266940452 for the upper log-log limit.
    let expected =
      scale == "log"
      ? (1.905544147842, 2.299794661191) : (1.872689938397, 2.266940451746)
    #expect(abs((median.value ?? 0) / 1.938398357290 - 1) < 1e-10)
    #expect(abs((median.interval?.lower ?? 0) / expected.0 - 1) < 1e-10)
    #expect(abs((median.interval?.upper ?? 0) / expected.1 - 1) < 1e-10)
    #expect(document.notes.contains { $0.code == "events.clustered" })
  }
}
