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
}
