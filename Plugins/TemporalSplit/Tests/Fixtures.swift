import Foundation
import JSON
import PluginHost
import PluginKit
import PluginProtocol
import RECIST
import TOMLKit
import TrialData

@testable import TemporalSplit

/// The plugin's own manifest, as the host reads it.
enum Manifest {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  struct Unreadable: Error {
    let problems: [ManifestProblem]
  }

  static func analysis() throws -> AnalysisDeclaration {
    let text = try String(contentsOf: folder.appending(path: "plugin.toml"), encoding: .utf8)
    let reader = ManifestReader(text: text, file: "plugin.toml")
    guard let analysis = reader.manifest?.analyses.first else {
      throw Unreadable(problems: reader.problems)
    }
    return analysis
  }
}

extension RunRequest {
  /// A request as the host sends it: defaults filled in, values read by their declarations.
  static func make(
    _ given: [String: String], dataset: DatasetFile?, seed: String? = "7"
  ) throws -> Self {
    var parameters = JSONObject()
    for declaration in try Manifest.analysis().parameters {
      if let text = given[declaration.name] {
        parameters[declaration.name] = try declaration.value(parsing: text)
      } else {
        parameters[declaration.name] = declaration.default
      }
    }
    return RunRequest(
      analysis: "temporal-split", parameters: parameters, dataset: dataset, seed: seed)
  }
}

/// A data set in a folder of its own that goes when the value does.
final class ImportedDataset {
  let hash: String
  let path: String
  private let folder: URL

  init(_ paths: [String], mapping: ColumnMapping? = nil) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let report = try Importer.importFiles(paths, mapping: mapping, into: folder.path)
    hash = report.hash
    path = report.path
  }

  /// Tables in our own schema.
  convenience init(tables: [String: String]) throws {
    let source = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: source) }
    for (name, text) in tables {
      try text.write(to: source.appending(path: name), atomically: false, encoding: .utf8)
    }
    try self.init([source.path])
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var file: RunRequest.DatasetFile {
    RunRequest.DatasetFile(name: "test", hash: hash, path: path)
  }

  func run(_ given: [String: String], seed: String? = "7") async throws -> ResultDocument {
    try await TemporalSplit().run(
      .make(given, dataset: file, seed: seed), context: RunContext.detached)
  }

  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func simulated() throws -> ImportedDataset {
    try ImportedDataset([repository.appending(path: "config/examples/simulated-30").path])
  }

  /// INSPIRE beside the repository, by the shipped mapping; nil, after saying so, without it.
  static func inspire() throws -> ImportedDataset? {
    let paths = ["inspire_subjects.csv", "inspire_tumor_change.csv"].map {
      repository.appending(path: "../shared/data/inspire/\($0)").path
    }
    guard paths.allSatisfy(FileManager.default.fileExists) else {
      print("skipped: INSPIRE not at hand")
      return nil
    }
    let text = try String(
      contentsOf: repository.appending(path: "config/examples/inspire.map.toml"), encoding: .utf8)
    var mapping = try TOMLDecoder().decode(ColumnMapping.self, from: text)
    mapping.name = "inspire.map.toml"
    return try ImportedDataset(paths, mapping: mapping)
  }
}

extension TumorSeries {
  /// Sizes in millimeters by day; the first is baseline.
  static func make(
    baseline: Int? = 100, _ sums: [(Int, Int)], name: String = "S1", arm: String? = nil,
    progressionDay: Int? = nil, deathDay: Int? = nil
  ) -> Self {
    let scans = sums.map { TumorScan(day: $0.0, sum: Millimeters($0.1), response: nil) }
    let size = baseline.map { Millimeters($0) }
    return TumorSeries(
      subject: Subject(subject: name, arm: arm), baseline: size,
      scans: judged(scans, baseline: size), progressionDay: progressionDay, deathDay: deathDay)
  }
}
