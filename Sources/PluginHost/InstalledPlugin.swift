import JSON
package import PluginProtocol

/// A plugin the host has found and may run.
package struct InstalledPlugin: Sendable, Hashable {
  package var manifest: PluginManifest
  /// The folder that holds its `plugin.toml`.
  package var folder: String
  /// The program, as an absolute path, and its arguments; empty for a declarative plugin.
  package var command: [String]
  /// SHA-256, in hexadecimal, over the manifest, the executable and every file of the folder.
  package var fingerprint: String

  package var id: String { manifest.id }
  package var isDeclarative: Bool { command.isEmpty }
  /// What a declarative plugin's definition says it is, such as `regimen`.
  package var definitionKind: String? { manifest.definition?["kind"]?.string }
}
