import ClientProtocol
import JSON
import PluginHost
import PluginProtocol

extension Workbench {
  /// Writes a new plugin, by default into the data folder's plugins, and puts it in force there.
  func makePlugin(
    _ kind: PluginScaffold.Kind, _ name: CommandLine.Token, below folder: String?
  ) async throws(CommandFailure) -> ResultDocument {
    try checkIsFree(name)
    guard let kits = settings.kitFolder else {
      throw CommandFailure(
        .file, "the author kits are not installed",
        expected: "the folder share/doublet/kits beside the programs; make install puts it there")
    }
    let scaffold = PluginScaffold(kind: kind, name: name.text, kits: kits)
    let parent = folder ?? pluginFolder
    let files = try await blocking { () -> Result<[String], CommandFailure> in
      do throws(CommandFailure) {
        return .success(try scaffold.write(below: parent))
      } catch {
        return .failure(error)
      }
    }.get()
    let isInForce = folder == nil && kind != .swift
    if isInForce { await reload() }
    return document(of: scaffold, files, in: "\(parent)/\(name.text)", isInForce: isInForce)
  }

  private func checkIsFree(_ name: CommandLine.Token) throws(CommandFailure) {
    guard PluginScaffold.isName(name.text) else {
      throw .usage(
        "a plugin cannot be called \"\(name.text)\"", at: name.range,
        expected: "lower-case letters, digits and hyphens, a letter first, at most 40 of them")
    }
    let catalog = host.catalog
    let owner =
      Self.commandNames.contains(name.text)
      ? "a command"
      : catalog.analysis(name.text)?.plugin.folder ?? catalog.plugin(name.text)?.folder
    guard let owner else { return }
    throw .usage(
      "the name \"\(name.text)\" is taken by \(owner)", at: name.range, expected: "another name")
  }

  private func document(
    of scaffold: PluginScaffold, _ files: [String], in folder: String, isInForce: Bool
  ) -> ResultDocument {
    var document = ResultDocument(.plugins, title: "A new plugin in \(folder)")
    document.add(
      "files", "Files", [.init("file", "File")], files.map { [.string($0)] })
    let next =
      switch scaffold.kind {
      case .swift: "build it with \(folder)/build.sh, then say plugins reload"
      case _ where isInForce: "it is in force: say help \(scaffold.name)"
      default: "plugins reload puts it in force once its folder is among the plugins' folders"
      }
    document.note("plugins.next", "README.md says what to change; \(next)")
    document.note("plugins.check", "plugins check \(folder) examines it")
    return document
  }
}
