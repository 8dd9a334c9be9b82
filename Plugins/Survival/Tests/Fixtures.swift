import Foundation
import PluginKit
import PluginProtocol
import PluginTesting
import TrialData

@testable import Survival

/// The plugin's own folder, with its manifest.
let plugin = PluginFolder(
  URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path)

extension ImportedDataset {
  /// Runs the analysis as the host would ask for it.
  func run(_ given: [String: String]) async throws -> ResultDocument {
    let request = try plugin.request("survival", given, dataset: file, seed: "7")
    return try await Survival().run(request, context: RunContext.detached)
  }

  /// Patients by group, each with a day and whether the event occurred then.
  static func arms(
    _ arms: [(name: String, times: [(day: Int, occurred: Bool)])], endpoint: String = "pfs"
  ) throws -> ImportedDataset {
    var (subjects, events) = ("subject,arm,sex\n", "subject,endpoint,day,occurred\n")
    var number = 100
    for arm in arms {
      for time in arm.times {
        number += 1
        subjects += "S\(number),\(arm.name),\(number.isMultiple(of: 2) ? "F" : "M")\n"
        events += "S\(number),\(endpoint),\(time.day),\(time.occurred ? 1 : 0)\n"
      }
    }
    return try ImportedDataset(tables: ["subject.csv": subjects, "event.csv": events])
  }
}
