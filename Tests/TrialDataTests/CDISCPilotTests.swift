import Foundation
import RECIST
import Testing

@testable import TrialData

/// The tumor domains of the CDISC pilot, which are not in the repository.
struct CDISCPilotTests {
  private func paths(_ names: [String]) throws -> [String] {
    let folder = try SharedData.path("cdisc")
    return names.map { "\(folder)/sdtm_\($0)_onco_recist.csv" }
  }

  @Test("refuses its partial dates, each of them")
  func partialDates() throws {
    let output = try TemporaryFolder()
    let failure = #expect(throws: ImportFailure.self) {
      try Importer.importFiles(try paths(["tu", "tr", "rs"]), into: output.path)
    }
    guard case .badInput(let problems, let count)? = failure else { return }
    #expect(count == 15)
    #expect(problems.allSatisfy { $0.value == "2014-02" })
    #expect(Set(problems.compactMap(\.column)) == ["TRDTC", "RSDTC"])
    #expect(try output.names.isEmpty)
  }

  @Test("derives every response its readers reported")
  func responses() throws {
    let output = try TemporaryFolder()
    let report = try Importer.importFiles(
      try paths(["tu", "tr", "rs"]), options: ImportOptions(impute: .last), into: output.path)
    let dataset = try TrialDataset(path: report.path)
    #expect(report.counts.map(\.rows) == [8, 25, 273, 66, 0, 0, 0])
    let reported = Dictionary(
      uniqueKeysWithValues: try dataset.assessments().map {
        ("\($0.subject), \($0.evaluator ?? "") on \($0.day)", $0.overall)
      })
    var derived: [String: ResponseCode?] = [:]
    for history in try dataset.lesionHistories() {
      for point in history.timePoints {
        let key = "\(history.subject), \(history.evaluator ?? "") on \(point.day)"
        derived[key] = .recist(point.overall)
      }
    }
    #expect(derived.count == 66)
    for (key, response) in reported { #expect(derived[key] == response, "\(key)") }
    #expect(
      report.notes == [
        "for 8 subjects day 0 is the first tumor assessment, as there is no DM",
        "TR: 39 records that repeat another were read once",
        "15 partial dates were completed by impute=last",
        "no table of subjects was given: the 8 subjects are those of the others",
      ])
  }

  @Test("reads iRECIST responses")
  func immune() throws {
    let path = try SharedData.path("cdisc/sdtm_rs_onco_irecist.csv")
    let output = try TemporaryFolder()
    let report = try Importer.importFiles(
      [path], options: ImportOptions(impute: .middle), into: output.path)
    let codes = try TrialDataset(path: report.path).assessments().compactMap(\.overall)
    #expect(codes.count(where: { $0 == .immune(.unconfirmedProgressiveDisease) }) == 21)
  }

  private static let analyses = [
    "adam_adrs_onco_subset.csv", "adam_adtr_onco_SDIAM.csv", "adam_adtte_onco.csv",
  ]

  @Test("reads the analysis data sets alone, and dates from the first dose they name")
  func analyses() throws {
    let folder = try SharedData.path("cdisc")
    let output = try TemporaryFolder()
    let report = try Importer.importFiles(
      Self.analyses.map { "\(folder)/\($0)" }, into: output.path)
    let dataset = try TrialDataset(path: report.path)
    let events = try dataset.events()
    #expect(events.count { $0.endpoint == "os" } == 254)
    #expect(events.count { $0.endpoint == "os" && $0.occurred } == 3)
    #expect(
      events.first { $0.subject == "01-701-1028" && $0.endpoint == "pfs" }
        == Event(subject: "01-701-1028", endpoint: "pfs", day: 42, occurred: true))
    let subject = try dataset.assessments().filter { $0.subject == "01-701-1015" }
    #expect(subject.compactMap { $0.overall?.rawValue } == ["SD", "NE", "CR"])
    #expect(subject.compactMap(\.sumOfDiameters?.description).prefix(2) == ["96", "96"])
    #expect(subject.map(\.day).first == 0)
    #expect(Set(try dataset.subjects().map(\.arm)).count == 3)
  }

  @Test("reads both models of the same trial together")
  func both() throws {
    let folder = try SharedData.path("cdisc")
    let output = try TemporaryFolder()
    let report = try Importer.importFiles(
      try paths(["tu", "tr", "rs"]) + Self.analyses.map { "\(folder)/\($0)" },
      options: ImportOptions(impute: .first), into: output.path)
    #expect(report.counts.first { $0.table == .subject }?.rows == 254)
  }
}
