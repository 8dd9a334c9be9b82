import Foundation
import GRDB
import RECIST
import Testing

@testable import TrialData

struct DatasetFileTests {
  private func make() throws -> (Importing, ImportReport) {
    let importing = try Importing(["subject.csv": "subject\nS1\n"])
    return (importing, try importing.report())
  }

  @Test("a data set can be read from a folder that cannot be written, and not written itself")
  func readOnly() throws {
    let (importing, report) = try make()
    let manager = FileManager.default
    let mode = try #require(
      try manager.attributesOfItem(atPath: report.path)[.posixPermissions] as? Int)
    #expect(mode == 0o400)
    try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: importing.output.path)
    defer {
      try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: importing.output.path)
    }
    let dataset = try TrialDataset(path: report.path)
    #expect(try dataset.subjects().map(\.subject) == ["S1"])
    #expect(try importing.output.names == ["\(report.hash).sqlite"])
  }

  @Test func `what is no data set is refused`() throws {
    let folder = try TemporaryFolder()
    let missing = "\(folder.path)/missing.sqlite"
    #expect(
      throws: TrialDataError.cannotOpen(path: missing, reason: "unable to open database file")
    ) {
      try TrialDataset(path: missing)
    }
    let text = try folder.write("text.sqlite", "this is not a database, whatever its name says")
    #expect(throws: TrialDataError.notADataset(path: text, reason: "file is not a database")) {
      try TrialDataset(path: text)
    }
    let other = "\(folder.path)/other.sqlite"
    try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE subject (x)") }
    let failure = #expect(throws: TrialDataError.self) { try TrialDataset(path: other) }
    #expect(failure?.description == "\(other) is not a data set: it was not made by import")
  }

  @Test func `a newer format is refused`() throws {
    let (importing, report) = try make()
    let copy = "\(importing.folder.path)/copy.sqlite"
    try FileManager.default.copyItem(atPath: report.path, toPath: copy)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: copy)
    try DatabaseQueue(path: copy).write { try $0.execute(sql: "PRAGMA user_version = 2") }
    let failure = #expect(throws: TrialDataError.self) { try TrialDataset(path: copy) }
    #expect(
      failure?.description
        == "\(copy) is not a data set: its format is 2, and this program reads 1")
  }

  @Test func `a code nobody knows is an error, not a crash`() throws {
    let importing = try Importing([
      "lesion.csv": "subject,lesion,role,nodal\nS1,T01,TARGET,0\n"
    ])
    let report = try importing.report()
    let copy = "\(importing.folder.path)/copy.sqlite"
    try FileManager.default.copyItem(atPath: report.path, toPath: copy)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: copy)
    try DatabaseQueue(path: copy).write { try $0.execute(sql: "UPDATE lesion SET role = 'ODD'") }
    let dataset = try TrialDataset(path: copy)
    #expect(throws: TrialDataError.unreadable(table: "lesion", reason: "unknown code ODD")) {
      try dataset.lesions()
    }
    #expect(try dataset.contentHash() != report.hash)
  }

  @Test func `a folder that is none is refused`() throws {
    let importing = try Importing(["subject.csv": "subject\nS1\n"])
    let file = try importing.folder.write("file", "")
    let failure = #expect(throws: ImportFailure.self) {
      try Importer.importFiles(["\(importing.folder.path)/subject.csv"], into: file)
    }
    #expect(
      failure?.description
        == "cannot write the data set in \(file): unable to open database file")
  }

  @Test func `drafts of processes that are gone are removed`() async throws {
    let importing = try Importing(["subject.csv": "subject\nS1\n"])
    // No process has this number: it is above the largest Linux gives.
    try importing.output.write(".draft-4194305-1.sqlite", "half")
    try importing.output.write(".draft-\(getpid())-1.sqlite", "mine")
    let report = try importing.report()
    #expect(
      try importing.output.names == [".draft-\(getpid())-1.sqlite", "\(report.hash).sqlite"])
  }

  /// The limit on the size of a file stands in for a full disk: write(2) fails the same way.
  @Test func `a full disk leaves nothing`() async {
    await #expect(processExitsWith: .success) {
      let rows = (0..<20_000).map { "S\($0),os,1,1" }.joined(separator: "\n")
      let importing = try Importing(["event.csv": "subject,endpoint,day,occurred\n\(rows)\n"])
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
      let isSet = unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0
      precondition(isSet)
      do {
        _ = try importing.report()
        preconditionFailure("the import should fail")
      } catch ImportFailure.cannotWrite(_, let reason) {
        let left = try importing.output.names
        precondition(left.isEmpty)
        precondition(["File too large", "database or disk is full"].contains(reason), reason)
      }
    }
  }

  @Test("the example trial is what its README says")
  func simulated() throws {
    let output = try TemporaryFolder()
    let report = try Importer.importFiles(
      [SharedData.repository("config/examples/simulated-30")], into: output.path)
    #expect(report.counts[0].rows == 30)
    let dataset = try TrialDataset(path: report.path)
    #expect(report.notes == [])
    try checkResponses(of: dataset)
  }

  private func checkResponses(of dataset: TrialDataset) throws {
    let doses = Dictionary(
      uniqueKeysWithValues: try dataset.subjects().map { ($0.subject, $0.doseLevel ?? 0) })
    let reported = Dictionary(grouping: try dataset.assessments(), by: \.subject)
    var counts: [String: Int] = [:]
    for history in try dataset.lesionHistories() {
      let assessments = try #require(reported[history.subject]).filter { $0.day > 0 }
      #expect(assessments.map(\.day) == history.timePoints.map(\.day))
      #expect(assessments.map(\.overall) == history.timePoints.map { .recist($0.overall) })
      #expect(
        assessments.map(\.sumOfDiameters) == history.timePoints.map { $0.target?.sumOfDiameters })
      let best = BestOverallResponse(history.visits)
      counts["\(doses[history.subject] ?? 0) \(best.response.rawValue)", default: 0] += 1
    }
    #expect(
      counts == [
        "0.25 PR": 3, "0.25 SD": 4, "0.25 PD": 2, "0.25 NE": 1, "1.25 CR": 1, "1.25 PR": 4,
        "1.25 SD": 3, "1.25 PD": 1, "1.25 NE": 1, "6.25 CR": 1, "6.25 PR": 6, "6.25 SD": 2,
        "6.25 PD": 1,
      ])
  }
}
