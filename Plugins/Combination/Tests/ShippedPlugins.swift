import Foundation
import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import Testing

@testable import Combination

/// A plugin that comes with Doublet, by its folder.
func shipped(_ folder: String) -> PluginFolder {
  PluginFolder(
    URL(filePath: plugin.path).deletingLastPathComponent().appending(path: folder).path)
}

/// The folders of all declarative plugins that come with Doublet.
func declarativeFolders() throws -> [String] {
  let root = URL(filePath: plugin.path).deletingLastPathComponent().path
  return try FileManager.default.contentsOfDirectory(atPath: root).sorted().filter {
    try shipped($0).manifest().engine != nil
  }
}

/// A request for an analysis that names shipped plugins, with their definitions as the host adds
/// them.
func request(
  _ analysis: String, _ given: [String: String], naming folders: [String: String]
) throws -> RunRequest {
  var request = try plugin.request(analysis, given)
  request.definitions = try folders.compactMapValues { try shipped($0).manifest().definition }
  request.installed = try shippedRegimens()
  return request
}

/// The definitions of all shipped regimens by id, as the host adds them.
func shippedRegimens() throws -> [String: JSONObjectBox] {
  let manifests = try declarativeFolders().map { try shipped($0).manifest() }
  let regimens = manifests.filter { $0.definition?["kind"]?.string == Regimen.kind }
  return Dictionary(
    uniqueKeysWithValues: regimens.compactMap { manifest in
      manifest.definition.map { (manifest.id, $0) }
    })
}

/// What the definition of a shipped regimen reads as.
func regimen(_ folder: String) throws -> Regimen {
  let definition = try #require(try shipped(folder).manifest().definition)
  guard case .regimen(let regimen) = try TreatmentDefinition(definition.object, named: folder)
  else { throw Refusal("test", "\(folder) is no regimen") }
  return regimen
}
