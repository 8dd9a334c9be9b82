import ClientProtocol
import JSON
import PluginHost
import PluginProtocol
import Store

extension Session {
  func pluginsDocument(
    _ arguments: BuiltInArguments, folder: String?, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> ResultDocument {
    let request = try PluginsRequest(arguments)
    let to = arguments["to"]?.string
    if to != nil, !request.isNew {
      throw .usage(
        "to= belongs to plugins new", at: arguments.ranges["to"],
        expected: arguments.command.usage)
    }
    switch request {
    case .list: return workbench.pluginsDocument()
    case .reload: return workbench.pluginsDocument(after: await workbench.reload())
    case .check(let word): return try await examine(word, folder: folder, progress)
    case .new(let kind, let name):
      var parent: String?
      if let to { parent = try ClientPath.absolute(to, folder, at: arguments.ranges["to"]) }
      return try await workbench.makePlugin(kind, name, below: parent)
    }
  }

  private func examine(
    _ word: CommandLine.Token, folder: String?, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> ResultDocument {
    var dataset: PluginProtocol::RunRequest.DatasetFile?
    if let name = defaults.dataset, let record = try workbench.shelf.find(name) {
      dataset = PluginProtocol::RunRequest.DatasetFile(
        name: record.name, hash: record.hash, path: workbench.shelf.path(of: record))
    }
    let installed = workbench.host.catalog.plugin(word.text)?.folder
    let path: String
    if let installed {
      path = installed
    } else {
      path = try ClientPath.absolute(word.text, folder, at: word.range)
    }
    return try await workbench.examine(folder: path, dataset: dataset, progress)
  }
}
