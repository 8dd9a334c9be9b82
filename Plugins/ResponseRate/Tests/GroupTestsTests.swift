import Foundation
import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import ReferenceTesting
import Statistics
import Testing
import TrialData

@testable import ResponseRate

/// Dose levels, subgroups and two arms over strata, on data sets made for them.
struct GroupTestsTests {
  @Test func `dose levels come with the tests of a trend and of one rate`() async throws {
    let document = try await run(ImportedDataset.simulated(), ["by": "dose_level"])
    let methods = document.tests.map(\.method)
    #expect(
      methods == [
        "fisher-freeman-halton", "homogeneity-chi-square", "cochran-armitage",
        "cochran-armitage-exact", "jonckheere", "jonckheere-exact",
      ])
    let table = try #require(document.tables.first { $0.name == "by-dose_level" })
    let groups = try table.rows.map {
      try ResponseCount(
        responders: Int(try #require($0[1].integer)), patients: Int(try #require($0[2].integer)))
    }
    let trend = TrendTest(try TrendTable(groups, scores: [0.25, 1.25, 6.25]))
    for method in [TrendTest.Method.cochranArmitage, .cochranArmitageExact, .jonckheereExact] {
      let shown = document.tests.first { $0.method == method.rawValue }
      #expect(shown?.pValue == (try trend.result(method).pValue))
    }
    #expect(document.methods.contains { $0.topic == "dose scores" })
  }

  @Test(
    "no subgroup is shown without the test between them",
    arguments: ["dose_level", "sex", "cohort", "arm"])
  func homogeneity(column: String) async throws {
    let document = try await run(ImportedDataset.simulated(), ["by": column])
    let table = try #require(document.tables.first { $0.name == "by-\(column)" })
    let note = document.notes.first { $0.code == "groups.homogeneity" || $0.code == "groups.one" }
    #expect(note != nil)
    #expect(
      (table.rows.count > 1) == document.tests.contains { $0.method == "fisher-freeman-halton" })
    if column != "dose_level" {
      #expect(!document.tests.contains { $0.method.hasPrefix("cochran") })
    }
  }

  @Test func `conventions choose Jonckheere's variance`() async throws {
    for (name, method) in [("r", "jonckheere-untied"), ("sas", "jonckheere")] {
      let document = try await run(
        ImportedDataset.simulated(), ["by": "dose_level", "conventions": name])
      #expect(document.tests.contains { $0.method == method })
    }
  }

  /// Three cohorts of two arms; the fourth cohort has one arm only.
  static let arms: [(cohort: String, arm: String, responders: Int, patients: Int)] = [
    ("a", "new", 3, 8), ("a", "old", 1, 4), ("b", "new", 2, 9), ("b", "old", 8, 11),
    ("c", "new", 8, 9), ("c", "old", 4, 11), ("d", "new", 1, 2),
  ]

  @Test func `two arms are compared over strata, with the interaction beside it`() async throws {
    let document = try await run(
      ImportedDataset.ofEvents(Self.arms), ["control": "arm:old", "stratify": "cohort"])
    #expect(document.estimates.first?.count == .init(events: 14, total: 28))
    let strata = try StratifiedTable([
      table(3, 8, 1, 4), table(2, 9, 8, 11), table(8, 9, 4, 11),
    ])
    let shown = try #require(
      document.estimates.first { $0.interval?.method == "stratified-miettinen-nurminen" })
    let expected = try StratifiedInterval(strata)
    #expect(shown.value == expected.estimate && shown.interval?.lower == expected.lower)
    let test = try #require(document.tests.first { $0.method == "cochran-mantel-haenszel" })
    #expect(test.pValue == StratifiedTest(strata).result(.cochranMantelHaenszel)?.pValue)
    let interaction = StratifiedTest(strata).result(.breslowDayTarone)?.pValue
    #expect(document.tests.first { $0.method == "breslow-day-tarone" }?.pValue == interaction)
    #expect(document.notes.contains { $0.code == "strata.interaction" })
    #expect(
      document.notes.first { $0.code == "strata.one-arm" }?.text
        == "Left out, because they have patients of one arm only: d.")
    #expect(document.tables.first { $0.name == "strata-cohort" }?.rows.count == 3)
    let sas = try await run(
      ImportedDataset.ofEvents(Self.arms),
      ["control": "arm:old", "stratify": "cohort", "conventions": "sas"])
    #expect(sas.tests.contains { $0.method == "breslow-day" })
    let first = sas.estimates.first { $0.name == "stratified-rate-difference" }
    #expect(first?.interval?.method == "mantel-haenszel-sato")
  }

  @Test func `an unknown arm is refused with the arms there are`() async throws {
    let refusal = await #expect(throws: Refusal.self) {
      try await run(ImportedDataset.ofEvents(Self.arms), ["control": "arm:odl"])
    }
    #expect(refusal?.parameter == "control")
    #expect(
      refusal?.message == "control=arm:odl: the data set has the arms new, old; did you mean old?")
  }

  private func table(_ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int) throws -> ContingencyTable {
    ContingencyTable(
      treated: try ResponseCount(responders: x1, patients: n1),
      control: try ResponseCount(responders: x2, patients: n2))
  }
}
