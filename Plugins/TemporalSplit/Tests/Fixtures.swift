import Foundation
import PluginKit
import PluginProtocol
import PluginTesting
import RECIST
import TOMLKit
import TrialData

@testable import TemporalSplit

/// The plugin's own folder, with its manifest.
let plugin = PluginFolder(
  URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path)

extension ImportedDataset {
  /// Runs the split as the host would ask for it.
  func run(
    _ given: [String: String], seed: String? = "7", reference: ImportedDataset? = nil
  ) async throws -> ResultDocument {
    var request = try plugin.request("temporal-split", given, dataset: file, seed: seed)
    request.datasets = reference.map { ["reference": $0.file] }
    return try await TemporalSplit().run(request, context: RunContext.detached)
  }

  private static let repository = plugin.path + "/../../"

  /// The trial that comes with the project.
  static func simulated() throws -> ImportedDataset {
    try ImportedDataset([repository + "config/examples/simulated-30"])
  }

  /// INSPIRE beside the repository, by the shipped mapping; nil, after saying so, without it.
  static func inspire() throws -> ImportedDataset? {
    let paths = ["inspire_subjects.csv", "inspire_tumor_change.csv"].map {
      repository + "../shared/data/inspire/" + $0
    }
    guard paths.allSatisfy(FileManager.default.fileExists) else {
      print("skipped: INSPIRE not at hand")
      return nil
    }
    let text = try String(
      contentsOfFile: repository + "config/examples/inspire.map.toml", encoding: .utf8)
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
