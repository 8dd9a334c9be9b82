import Foundation
import PluginKit
import PluginProtocol
import PluginTesting
import RECIST
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
