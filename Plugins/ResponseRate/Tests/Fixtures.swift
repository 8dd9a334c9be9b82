import Foundation
import JSON
import PluginHost
import PluginProtocol

/// The plugin's own manifest, as the host reads it.
enum Manifest {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  static func analysis(_ name: String = "response-rate") throws -> AnalysisDeclaration {
    let text = try String(contentsOf: folder.appending(path: "plugin.toml"), encoding: .utf8)
    let reader = ManifestReader(text: text, file: "plugin.toml")
    guard let analysis = reader.manifest?.analyses.first(where: { $0.name == name }) else {
      throw Unreadable(reader.problems)
    }
    return analysis
  }

  /// What is wrong with the manifest.
  struct Unreadable: Error {
    let problems: [ManifestProblem]

    init(_ problems: [ManifestProblem]) { self.problems = problems }
  }

  static func choices() throws -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: try analysis().parameters.map { ($0.name, $0.choices) })
  }
}

extension RunRequest {
  /// A request as the host sends it: defaults filled in, values read by their declarations.
  static func make(
    count: String? = nil, _ given: [String: String] = [:], dataset: DatasetFile? = nil,
    analysis: String = "response-rate"
  ) throws -> Self {
    var parameters = JSONObject()
    var typed = given
    typed["count"] = count
    for declaration in try Manifest.analysis(analysis).parameters {
      if let text = typed[declaration.name] {
        parameters[declaration.name] = try declaration.value(parsing: text)
      } else {
        parameters[declaration.name] = declaration.default
      }
    }
    return RunRequest(analysis: analysis, parameters: parameters, dataset: dataset)
  }
}
