import Foundation
import PluginKit
import PluginProtocol
import PluginTesting
import RECIST
import Statistics
import Testing
import TrialData

@testable import TemporalSplit

/// The whole plugin on small trials.
struct TemporalSplitTests {
  @Test func `reported sums and sums of lesions give one answer`() async throws {
    let dataset = try ImportedDataset.simulated()
    let documents = [
      try await dataset.run(["from": "reported"]), try await dataset.run(["from": "lesions"]),
    ]
    #expect(documents[0].estimates == documents[1].estimates)
    #expect(documents[0].tests == documents[1].tests)
    #expect(documents[0].tests.contains { $0.name == "late-change" })
  }

  @Test func `the test of late change is never without the range of its size`() async throws {
    let document = try await ImportedDataset.simulated().run([:])
    let late = document.tests.filter { $0.name == "late-change" }
    #expect(late.count == 2)
    for test in late {
      #expect(
        test.versus == "median change of 0; positive under chemotherapy alone in 2 % to over 90 %")
    }
    #expect(document.notes.first?.code == "late-change.not-evidence")
    #expect(document.primary?.text.hasSuffix("Not evidence of an immune effect.") == true)
  }

  @Test func `every guard has its number`() async throws {
    let document = try await ImportedDataset.simulated().run([:])
    let codes = Set(document.notes.map(\.code))
    for code in [
      "late-window.at-risk", "guard.progressions", "guard.pattern-mixture", "guard.nadir",
      "guard.measurement", "guard.late-acceleration", "guard.visit-window", "windows.days",
      "mixed-model.missing",
    ] { #expect(codes.contains(code), "\(code)") }
    for note in document.notes where note.code.hasPrefix("guard.") {
      let hasNumber = note.text.contains { $0.isNumber }
      #expect(hasNumber, "\(note.code)")
    }
  }

  @Test(arguments: [
    (
      ["at": "24w"], "at=24w ends at day 168, and until= is day 168: the late window would be empty"
    ),
    (
      ["at": "18w,12w"],
      "at=18w,12w: expected durations in rising order with commas, such as 6w,12w,18w"
    ),
    (["floor": "0mm"], "floor=0mm: expected a length of more than 0 mm, such as 5mm"),
    (
      ["reference": "plugin:paclitaxel-breast"],
      "reference=plugin:paclitaxel-breast: expected plugin: and an installed regimen"
    ),
    (
      ["reference": "regimen:paclitaxel-breast"],
      "reference=regimen:paclitaxel-breast: expected arm:NAME for an arm of the data set,"
        + " dataset:NAME for another data set, plugin:NAME for the controls of an installed regimen,"
        + " or model: and a control's response rate such as model:61/243 or model:0.25"
    ),
    (
      ["reference": "model:2"],
      "reference=model:2: expected a response rate between 0 and 1, such as model:61/243"
    ),
    (
      ["where": "arm = none"],
      "where=arm = none: none of the 30 patients of test fits; no patient has the arm \"none\";"
        + " there are paclitaxel + IMP321"
    ),
    (
      ["reference": "arm:paclitaxl + IMP321"],
      "reference=arm:paclitaxl + IMP321: test has the arms paclitaxel + IMP321; did you mean"
        + " paclitaxel + IMP321?"
    ),
    (
      ["evaluator": "INVESTIGATR"],
      "evaluator=INVESTIGATR: the data set test has INVESTIGATOR; did you mean INVESTIGATOR?"
    ),
  ])
  func `what cannot be answered is refused`(given: [String: String], message: String) async throws {
    let dataset = try ImportedDataset.simulated()
    let refusal = await #expect(throws: Refusal.self) { try await dataset.run(given) }
    #expect(refusal?.message == message)
  }

  /// Twelve treated patients go on shrinking, twelve controls grow.
  @Test func `a control arm of the data is a reference`() async throws {
    var (subjects, assessments) = ("subject,arm\n", "subject,day,sum_of_diameters\n")
    for index in 0..<24 {
      let (name, isTreated) = ("S\(100 + index)", index < 12)
      subjects += "\(name),\(isTreated ? "new" : "old")\n"
      let late = isTreated ? 50 - index : 80 + index
      assessments += "\(name),0,100\n\(name),84,70\n\(name),168,\(late)\n"
    }
    let dataset = try ImportedDataset(tables: [
      "subject.csv": subjects, "assessment.csv": assessments,
    ])
    let document = try await dataset.run(["reference": "arm:old", "replicates": "1000"])
    #expect(
      document.estimates.first { $0.name == "late-shrinking" }?.count
        == .init(events: 12, total: 12))
    for name in ["late-change-mean", "late-shrinking-share"] {
      let test = try #require(document.tests.first { $0.name == name })
      // No permutation of 1,000 can be expected to reach it: 1 in C(24, 12) = 2,704,156.
      #expect(test.pValue == 1.0 / 1001)
    }
    #expect(document.notes.contains { $0.code == "reference.arm" })
  }

  /// The same patients as two arms of one data set, and as two data sets.
  @Test func `another data set is a reference as an arm is`() async throws {
    var tables: [String: (subjects: String, assessments: String)] = [:]
    for index in 0..<24 {
      let (name, arm) = ("S\(100 + index)", index < 12 ? "new" : "old")
      let late = 60 + (index * 37) % 29 + (arm == "new" ? 0 : 9)
      for table in [arm, "both"] {
        var (subjects, assessments) =
          tables[table] ?? ("subject,arm\n", "subject,day,sum_of_diameters\n")
        subjects += "\(name),\(arm)\n"
        assessments += "\(name),0,100\n\(name),84,70\n\(name),168,\(late)\n"
        tables[table] = (subjects, assessments)
      }
    }
    let datasets = try tables.mapValues {
      try ImportedDataset(tables: ["subject.csv": $0.subjects, "assessment.csv": $0.assessments])
    }
    let (new, old) = (try #require(datasets["new"]), try #require(datasets["old"]))
    let arm = try await #require(datasets["both"]).run([
      "reference": "arm:old", "replicates": "500",
    ])
    let given = ["reference": "dataset:old", "replicates": "500"]
    let other = try await new.run(given, reference: old)
    let pValues = { (document: ResultDocument) in document.tests.map(\.pValue) }
    #expect(pValues(arm) == pValues(other))
    #expect(pValues(other).count == 7)
    #expect(other.tests.contains { $0.versus == "data set old, share still shrinking" })
    let note = other.notes.first { $0.code == "reference.dataset" }
    #expect(
      note?.text.hasPrefix("The data set old (SHA-256 \(old.file.hash.prefix(12))…)") == true)
    let refusal = await #expect(throws: Refusal.self) { try await new.run(given, reference: new) }
    #expect(
      refusal?.message
        == "reference=dataset:old: that is the data set to be analyzed; an arm of it is"
        + " reference=arm:NAME")
  }

  @Test func `tests are those of the differences by hand`() async throws {
    // r2: ln of 60/80, 50/80, 88/80, 72/80, 40/80, 76/80, 84/80.
    var assessments = "subject,day,sum_of_diameters\n"
    for (index, late) in [60, 50, 88, 72, 40, 76, 84].enumerated() {
      assessments += "S\(index),0,100\nS\(index),84,80\nS\(index),168,\(late)\n"
    }
    let subjects = "subject\n" + (0..<7).map { "S\($0)\n" }.joined()
    let dataset = try ImportedDataset(tables: [
      "subject.csv": subjects, "assessment.csv": assessments,
    ])
    let document = try await dataset.run([:])
    // scipy.stats.wilcoxon(r2, alternative="less", method="exact"): V = 4, p = 7/128.
    let wilcoxon = try #require(document.tests.first { $0.method == "wilcoxon-exact" })
    #expect(wilcoxon.statistic == 4)
    #expect(wilcoxon.pValue == 7.0 / 128)
    let sign = try #require(document.tests.first { $0.method == "sign" })
    #expect(abs((sign.pValue ?? 0) * 128 / 29 - 1) < 1e-12)
  }

  @Test func `a hundred thousand patients are split and tested in time`() throws {
    let series = Self.many(100_000)
    let clock = ContinuousClock()
    var tests: LateChangeTests?
    var shrinking = 0
    // Measured in release builds; a debug build on a busy machine takes several times as long.
    let time = try clock.measure {
      let split = CohortSplit(series, plan: SplitPlan(cuts: [84], until: 168, window: 14))
      shrinking = split.shrinking
      tests = try LateChangeTests(split.late, zeros: .wilcoxon, level: 0.95)
    }
    print("100,000 patients by 8 visits split and tested in \(time)")
    #expect(tests?.values.count == 100_000)
    #expect(tests.map { $0.sign.negatives } == shrinking)
  }

  private static func many(_ number: Int) -> [TumorSeries] {
    (0..<number).map { index in
      TumorSeries.make(
        (1...8).map { visit in (visit * 42, 60 + (index * 7919 + visit * 104_729) % 61) },
        name: "S\(index)")
    }
  }
}
