import PluginProtocol
import Synchronization

/// Reads plugin folders into plugins that could be run.
final class CatalogReader: Sendable {
  /// One folder with a `plugin.toml` in it.
  struct Found: Sendable {
    var folder: String
    var file: String
    var manifest: ManifestReader
    /// Nil where the folder has a problem.
    var plugin: InstalledPlugin?
    var problems: [ManifestProblem]
  }

  private let files = FileTree()
  /// Manifests by file, with the text they were read from.
  private let manifests = Mutex<[String: (text: String, manifest: ManifestReader)]>([:])

  /// Every folder one level below `folders` that holds a `plugin.toml`, in order; one of `folders`
  /// that holds one itself is a plugin and not a folder of plugins.
  ///
  /// A folder under two names is read once: what comes with Doublet and what a user adds are in one
  /// where it is installed into `~/.local`.
  func scan(_ folders: [String], settings: PluginHostSettings) -> [Found] {
    var seen: Set<String> = []
    return folders.flatMap { root -> [Found] in
      guard seen.insert(OperatingSystem.realPath(root) ?? root).inserted else { return [] }
      if let plugin = find(root, settings) { return [plugin] }
      return (files.names(in: root) ?? []).compactMap { name in
        name.hasPrefix(".") ? nil : find("\(root)/\(name)", settings)
      }
    }
  }

  /// Reads one folder; nil where it holds no manifest.
  func find(_ folder: String, _ settings: PluginHostSettings) -> Found? {
    let file = "\(folder)/plugin.toml"
    guard files.names(in: folder)?.contains("plugin.toml") == true else { return nil }
    do throws(FileProblem) {
      let bytes = try files.read(file, limit: ManifestReader.maximumBytes)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FileProblem(path: file, reason: "not valid UTF-8")
      }
      let manifest = manifest(text, file)
      var found = Found(
        folder: folder, file: file, manifest: manifest, plugin: nil, problems: manifest.problems)
      if let declared = manifest.manifest { try install(declared, &found, settings) }
      return found
    } catch {
      let problem = ManifestProblem(file: error.path, line: nil, message: error.reason)
      return Found(
        folder: folder, file: file, manifest: ManifestReader(text: "", file: file), plugin: nil,
        problems: [problem])
    }
  }

  private func manifest(_ text: String, _ file: String) -> ManifestReader {
    if let known = manifests.withLock({ $0[file] }), known.text == text { return known.manifest }
    let manifest = ManifestReader(text: text, file: file)
    manifests.withLock { $0[file] = (text, manifest) }
    return manifest
  }

  private func install(
    _ manifest: PluginManifest, _ found: inout Found, _ settings: PluginHostSettings
  ) throws(FileProblem) {
    var command: [String] = []
    if !manifest.run.isEmpty {
      guard let resolved = resolve(manifest.run, in: found.folder, settings) else {
        found.problems.append(
          ManifestProblem(
            file: found.file, line: found.manifest.line(ofKeyPath: "run"),
            message: "no program is called \"\(manifest.run[0])\" in \(found.folder)"
              + (manifest.run.count > 1 ? ", on PATH" : "") + " or \(settings.executableFolder)"))
        return
      }
      command = resolved
    }
    found.plugin = InstalledPlugin(
      manifest: manifest, folder: found.folder, command: command,
      fingerprint: try files.fingerprint(of: found.folder, and: Array(command.prefix(1))))
  }

  /// The command with absolute paths: the program, and a script that lies in the folder.
  private func resolve(
    _ run: [String], in folder: String, _ settings: PluginHostSettings
  ) -> [String]? {
    var places = ["\(folder)/\(run[0])", "\(settings.executableFolder)/\(run[0])"]
    if run.count > 1, !run[0].contains("/") {
      let path = OperatingSystem.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
      places += path.split(separator: ":").map { "\($0)/\(run[0])" }
    }
    guard let program = places.first(where: OperatingSystem.isExecutable),
      let absolute = OperatingSystem.realPath(program)
    else { return nil }
    let arguments = run.dropFirst().map { argument in
      let path = "\(folder)/\(argument)"
      return OperatingSystem.isFile(path) ? OperatingSystem.realPath(path) ?? argument : argument
    }
    return [absolute] + arguments
  }
}
