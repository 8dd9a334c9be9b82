internal import Foundation
internal import JSON
internal import PluginHost
public import PluginProtocol

/// A folder with a `plugin.toml`, as a plugin's own tests see it.
public struct PluginFolder: Sendable {
  public let path: String

  public init(_ path: String) { self.path = path }

  /// A manifest that cannot be used, with every problem and its line.
  public struct Unreadable: Error, CustomStringConvertible {
    public let description: String
  }

  /// What the manifest declares.
  ///
  /// - Throws: ``Unreadable`` where the manifest has problems.
  public func manifest() throws -> PluginManifest {
    let text = try String(contentsOfFile: path + "/plugin.toml", encoding: .utf8)
    let reader = ManifestReader(text: text, file: "plugin.toml")
    guard let manifest = reader.manifest else {
      throw Unreadable(description: reader.problems.map { "\($0)" }.joined(separator: "\n"))
    }
    return manifest
  }

  /// An analysis as the manifest declares it.
  ///
  /// - Throws: ``Unreadable`` where the manifest has problems or no such analysis.
  public func analysis(_ name: String) throws -> AnalysisDeclaration {
    guard let analysis = try manifest().analyses.first(where: { $0.name == name }) else {
      throw Unreadable(description: "there is no analysis \(name)")
    }
    return analysis
  }

  /// A request as the host sends it: values read by their declarations, defaults filled in.
  ///
  /// - Throws: ``Unreadable``, and a problem of a value with its parameter.
  public func request(
    _ analysis: String, _ given: [String: String] = [:],
    dataset: RunRequest.DatasetFile? = nil, seed: String? = nil
  ) throws -> RunRequest {
    var parameters = JSONObject()
    for declaration in try self.analysis(analysis).parameters {
      parameters[declaration.name] =
        try given[declaration.name].map { try declaration.value(parsing: $0) }
        ?? declaration.default
    }
    return RunRequest(analysis: analysis, parameters: parameters, dataset: dataset, seed: seed)
  }
}
