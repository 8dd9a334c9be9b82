import Foundation
import JSON
import PluginKit
import PluginProtocol
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

  private func run(
    _ dataset: ImportedDataset, _ given: [String: String]
  ) async throws -> ResultDocument {
    let file = RunRequest.DatasetFile(name: "test", hash: dataset.hash, path: dataset.path)
    return try await ResponseRate().run(
      .make(given, dataset: file), context: RunContext.detached)
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

/// A data set in a folder of its own that goes when the value does.
final class ImportedDataset {
  let hash: String
  let path: String
  private let folder: URL

  init(_ paths: [String], options: ImportOptions = ImportOptions()) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let report = try Importer.importFiles(paths, options: options, into: folder.path)
    hash = report.hash
    path = report.path
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  static func simulated(sourceFile: String = #filePath) throws -> ImportedDataset {
    let repository = URL(filePath: sourceFile).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try ImportedDataset([
      repository.appending(path: "config/examples/simulated-30").path
    ])
  }
}
