import Foundation
import PluginKit
import PluginProtocol
import PluginTesting

@testable import ResponseRate

/// The plugin's own folder, with its manifest.
let plugin = PluginFolder(
  URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path)

/// What a parameter's manifest offers, by the parameter's name.
func declaredChoices() throws -> [String: [String]] {
  Dictionary(
    uniqueKeysWithValues: try plugin.analysis("response-rate").parameters.map {
      ($0.name, $0.choices)
    })
}

/// Runs the analysis on a count, as the host would ask for it.
func run(_ count: String, _ given: [String: String] = [:]) async throws -> ResultDocument {
  try await ResponseRate().run(
    plugin.request("response-rate", given.merging(["count": count]) { $1 }),
    context: RunContext.detached)
}

/// Runs an analysis on a data set, as the host would ask for it.
func run(
  _ dataset: ImportedDataset, _ given: [String: String], analysis: String = "response-rate"
) async throws -> ResultDocument {
  try await ResponseRate().run(
    plugin.request(analysis, given, dataset: dataset.file), context: RunContext.detached)
}

extension ImportedDataset {
  /// Arms whose responses are events: of each the first patients respond.
  static func ofEvents(
    _ arms: [(cohort: String, arm: String, responders: Int, patients: Int)]
  ) throws -> ImportedDataset {
    var subjects = "subject,arm,cohort\n"
    var events = "subject,endpoint,day,occurred\n"
    for (cohort, arm, responders, patients) in arms {
      for number in 0..<patients {
        subjects += "\(cohort)-\(arm)-\(number),\(arm),\(cohort)\n"
        events += "\(cohort)-\(arm)-\(number),response,56,\(number < responders ? 1 : 0)\n"
      }
    }
    return try ImportedDataset(tables: ["subject.csv": subjects, "event.csv": events])
  }
}
