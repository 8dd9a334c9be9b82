import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import ReferenceTesting
import Testing

@testable import Survival

struct SubgroupTests {
  /// 24 patients in two arms; ``SubgroupReference`` has what R makes of them.
  private static func dataset() throws -> ImportedDataset {
    let times = [
      5, 8, 12, 14, 20, 23, 31, 37, 40, 52, 60, 71, 3, 6, 7, 9, 10, 15, 18, 21, 28, 33, 45, 50,
    ]
    let censored: Set = [4, 9, 12, 17, 23]
    var (subjects, events) = ("subject,arm,sex,cohort\n", "subject,endpoint,day,occurred\n")
    for (index, time) in times.enumerated() {
      let arm = index < 12 ? "new" : "old"
      let cohort = ["1", "2", "3"][index % 3]
      subjects += "S\(index + 1),\(arm),\(index % 4 < 2 ? "F" : "M"),\(index == 0 ? "" : cohort)\n"
      events += "S\(index + 1),pfs,\(time),\(censored.contains(index) ? 0 : 1)\n"
    }
    return try ImportedDataset(tables: ["subject.csv": subjects, "event.csv": events])
  }

  @Test func `hazard ratios of subgroups and their interaction agree with R`() async throws {
    let document = try await Self.dataset().run([
      "by": "arm", "reference": "old", "subgroups": "sex,cohort",
    ])
    let table = try #require(document.tables.first { $0.name == "subgroups" })
    #expect(table.rows.map { $0[1].string } == ["all patients", "F", "M", "1", "2", "3"])
    #expect(table.rows.map { $0[2].integer } == [24, 12, 12, 7, 8, 8])
    #expect(table.rows.map { $0[3].integer } == SubgroupReference.events)
    for (column, expected) in [
      (4, SubgroupReference.ratios), (5, SubgroupReference.lower), (6, SubgroupReference.upper),
    ] {
      for (row, value) in zip(table.rows, expected) {
        #expect(try #require(row[column].number).agrees(with: value, within: 1e-9))
      }
    }
    let tests = document.tests.filter { $0.name == "interaction" }
    #expect(tests.map(\.degreesOfFreedom) == [1, 2])
    for (test, p) in zip(tests, SubgroupReference.interactions) {
      #expect(try #require(test.pValue).agrees(with: p, within: 1e-8))
    }
    #expect(
      document.notes.contains {
        $0.text == "1 patient without a value of cohort is in no subgroup by it."
      })
  }

  @Test func `the forest has all patients first and a row a subgroup`() async throws {
    let document = try await Self.dataset().run(["by": "arm", "subgroups": "sex"])
    let figure = try #require(document.figures.first { $0.name == "subgroups" })
    #expect(figure.series.map(\.y) == [["All patients"], ["sex F", "sex M"]])
    #expect(figure.references.map(\.value) == [1])
    #expect(figure.axes[0].scale == .logarithmic)
  }

  @Test func `a subgroup with one arm has no hazard ratio, and says so`() async throws {
    let document = try await ImportedDataset(tables: [
      "subject.csv": "subject,arm,sex\nA,x,F\nB,y,F\nC,x,M\nD,x,M\nE,y,F\nF,x,F\n",
      "event.csv":
        "subject,endpoint,day,occurred\nA,pfs,3,1\nB,pfs,5,1\nC,pfs,4,1\nD,pfs,9,1\nE,pfs,2,1\nF,pfs,8,1\n",
    ]).run(["by": "arm", "subgroups": "sex"])
    let table = try #require(document.tables.first { $0.name == "subgroups" })
    #expect(table.rows.last?[4] == .null)
    #expect(table.rows.last?[7].string == "all have x")
    let test = try #require(document.tests.first { $0.name == "interaction" })
    #expect(test.pValue == nil)
    #expect(
      test.status
        == "an interaction needs two subgroups that hold both groups, not 1")
  }

  private static let refusals: [([String: String], String)] = [
    (
      ["subgroups": "sex"],
      "subgroups= compares groups, and none are named: add by=arm, dose_level, cohort or sex"
    ),
    (
      ["by": "arm", "subgroups": "arm"],
      "subgroups=arm: by=arm compares the same groups already"
    ),
    (
      ["by": "arm", "stratify": "sex", "subgroups": "sex"],
      "subgroups=sex: stratify= holds apart the same groups already"
    ),
    (
      ["by": "cohort", "subgroups": "sex"],
      "subgroups= compares two groups, and by=cohort has 3 (1, 2, 3); leave all but two out with"
        + " where="
    ),
    (
      ["by": "arm", "subgroups": "age"],
      "subgroups=age: expected different ones of arm, dose_level, cohort, sex with commas"
    ),
  ]

  @Test(arguments: refusals)
  func `what cannot be compared is refused`(
    given: [String: String], message: String
  ) async throws {
    let refusal = await #expect(throws: Refusal.self) { try await Self.dataset().run(given) }
    #expect(refusal?.message == message)
  }
}
