import Foundation
import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import Testing
import TrialData

@testable import ResponseRate

/// The plugin on patients: the bundled simulated trial, and public data where they are at hand.
struct PatientResponsesTests {
  @Test(
    "reported responses, the event and the lesions give the simulated trial's 15 of 30",
    arguments: ["auto", "reported", "event", "lesions"])
  func simulated(source: String) async throws {
    let dataset = try ImportedDataset.simulated()
    let document = try await run(dataset, ["from": source])
    #expect(document.estimates.first?.count == .init(events: 15, total: 30))
    #expect(document.estimates.first?.name == "objective-response-rate")
    #expect(document.notes.contains { $0.code == "population.full" })
  }

  @Test func `groups add up and sort as numbers`() async throws {
    let dataset = try ImportedDataset.simulated()
    let document = try await run(dataset, ["by": "dose_level"])
    let table = try #require(document.tables.first { $0.name == "by-dose_level" })
    #expect(table.rows.map { $0[0].string } == ["0.25 mg", "1.25 mg", "6.25 mg"])
    #expect(table.rows.compactMap { $0[1].integer }.reduce(0, +) == 15)
    #expect(table.rows.compactMap { $0[2].integer }.reduce(0, +) == 30)
  }

  @Test func `leaving out who was not evaluable is said to raise the rate`() async throws {
    let dataset = try ImportedDataset.simulated()
    let document = try await run(dataset, ["population": "evaluable"])
    let count = try #require(document.estimates.first?.count)
    #expect(count.events == 15)
    #expect(count.total < 30)
    let note = try #require(document.notes.first { $0.code == "population.evaluable" })
    #expect(note.severity == .caution)
  }

  @Test func `an unknown evaluator is refused with the names there are`() async throws {
    let dataset = try ImportedDataset.simulated()
    let refusal = await #expect(throws: Refusal.self) {
      try await run(dataset, ["evaluator": "INVESTIGATR"])
    }
    #expect(refusal?.parameter == "evaluator")
    #expect(
      refusal?.message == "evaluator=INVESTIGATR: the data set test has INVESTIGATOR;"
        + " did you mean INVESTIGATOR?")
  }

  @Test func `the CDISC pilot has four unconfirmed responders among eight`() async throws {
    let files = ["tu", "tr", "rs"].map { "cdisc/sdtm_\($0)_onco_recist.csv" }
    guard let paths = SharedData.paths(files) else { return }
    let dataset = try ImportedDataset(paths, options: ImportOptions(impute: .first))
    for source in ["reported", "lesions"] {
      let document = try await run(dataset, ["from": source])
      #expect(document.estimates.first?.count == .init(events: 4, total: 8))
      #expect(document.notes.contains { $0.code == "evaluator.investigator" })
    }
  }

  @Test func `where takes the patients who fit and says how many`() async throws {
    let dataset = try ImportedDataset.simulated()
    let document = try await run(dataset, ["where": "dose_level > 1", "by": "dose_level"])
    let table = try #require(document.tables.first { $0.name == "by-dose_level" })
    #expect(table.rows.map { $0[0].string } == ["1.25 mg", "6.25 mg"])
    let total = try #require(document.estimates.first?.count?.total)
    #expect(total == Int(table.rows.compactMap { $0[2].integer }.reduce(0, +)) && total < 30)
    #expect(
      document.notes.first { $0.code == "where" }?.text
        == "Where dose_level > 1: \(total) of 30 patients.")
  }

  @Test(
    arguments: [
      (
        "dose_levl > 1",
        "dose_levl > 1: there is no column \"dose_levl\"; did you mean dose_level?", 0..<9
      ),
      ("dose_level > 99", "dose_level > 99: none of the 30 patients of test fits", nil),
      (
        "sex = X",
        "sex = X: none of the 30 patients of test fits; no patient has the sex \"X\"; "
          + "there are F", nil
      ),
    ] as [(String, String, Range<Int>?)])
  func `a where that cannot be is refused`(
    _ condition: String, _ message: String, _ place: Range<Int>?
  ) async throws {
    let dataset = try ImportedDataset.simulated()
    let refusal = await #expect(throws: Refusal.self) {
      try await run(dataset, ["where": condition])
    }
    #expect(refusal?.message == "where=" + message)
    #expect(refusal?.place == place)
    #expect(refusal?.parameter == "where")
  }

  @Test func `patients whose column is missing are left out and counted`() async throws {
    let dataset = try ImportedDataset(tables: [
      "subject.csv": "subject,age,sex\nS1,70,F\nS2,,F\nS3,50,M\nS4,66,M\n",
      "lesion.csv": "subject,lesion,role,nodal\nS1,T1,TARGET,0\nS4,N1,NON-TARGET,0\n",
      "measurement.csv": "subject,lesion,day,diameter,state\nS1,T1,-3,20,\nS4,N1,-3,,PRESENT\n",
      "assessment.csv": "subject,day,overall\nS1,56,PR\nS2,56,PR\nS3,56,PD\nS4,56,PD\n",
    ])
    let document = try await run(dataset, ["where": "age >= 60 and sex in (F, M, X)"])
    #expect(document.estimates.first?.count == .init(events: 1, total: 2))
    let note = try #require(document.notes.first { $0.code == "where" })
    #expect(note.severity == .caution)
    #expect(
      note.text
        == "Where age >= 60 and sex in (F, M, X): 2 of 4 patients; 1 without a value of sex or age"
        + " cannot be judged and is left out.")
    #expect(
      document.notes.first { $0.code == "where.value" }?.text
        == "Where age >= 60 and sex in (F, M, X): no patient has the sex \"X\"; there are F, M.")
    let measurable = try await run(dataset, ["population": "measurable"])
    #expect(measurable.estimates.first?.count == .init(events: 1, total: 1))
    #expect(
      measurable.notes.first { $0.code == "population.measurable" }?.text
        == "Measurable disease: 1 of 4 patients have a target lesion.")
  }
}

/// Files beside the repository that are never committed.
enum SharedData {
  /// The files' paths; nil, after saying so, where they are not there.
  static func paths(_ files: [String], sourceFile: String = #filePath) -> [String]? {
    let repository = URL(filePath: sourceFile).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let paths = files.map { repository.appending(path: "../shared/data/\($0)").path }
    guard paths.allSatisfy(FileManager.default.fileExists) else {
      print("skipped: \(files.joined(separator: ", ")) not at hand")
      return nil
    }
    return paths
  }
}
