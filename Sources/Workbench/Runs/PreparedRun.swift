import JSON
import PluginProtocol
import Store

/// A checked request with everything its run needs, before it is recorded.
struct PreparedRun: Sendable {
  /// The plugin as it was when the run was prepared.
  struct Plugin: Sendable, Hashable {
    var id: String
    var version: String
    /// SHA-256 of its files.
    var hash: String
  }

  var call: AnalysisCall
  var plugin: Plugin
  var dataset: DatasetRecord?
  /// Where the data set's file is.
  var datasetPath: String?
  /// The data set that a parameter names, and where its file is.
  var second: (dataset: SecondDataset, path: String)?
  /// What the user typed or the program sent.
  var command: String
  var caller: Caller
  /// How it stands to the plans there are.
  var plan: RunPlan?

  init(
    _ call: AnalysisCall, plugin: Plugin, dataset: DatasetRecord?, datasetPath: String?,
    second: (dataset: SecondDataset, path: String)?, command: String, caller: Caller, plan: RunPlan?
  ) {
    self.call = call
    self.plugin = plugin
    self.dataset = dataset
    self.datasetPath = datasetPath
    self.second = second
    self.command = command
    self.caller = caller
    self.plan = plan
  }

  /// The request as the store keeps it.
  var record: Store::RunRequest {
    Store::RunRequest(
      caller: caller, command: command, analysis: call.analysis,
      parameters: JSONValue.object(call.parameters).canonical.text, seed: call.seed,
      pluginID: plugin.id, pluginVersion: plugin.version, pluginHash: plugin.hash,
      datasetHash: dataset?.hash, plan: plan, secondDataset: second?.dataset)
  }

  /// The request as the plugin gets it.
  var request: PluginProtocol::RunRequest {
    PluginProtocol::RunRequest(
      analysis: call.analysis, parameters: call.parameters, dataset: datasetFile,
      datasets: secondFile, seed: call.seed)
  }

  private var secondFile: [String: PluginProtocol::RunRequest.DatasetFile]? {
    guard let (dataset, path) = second else { return nil }
    return [dataset.parameter: .init(name: dataset.name, hash: dataset.hash, path: path)]
  }

  private var datasetFile: PluginProtocol::RunRequest.DatasetFile? {
    guard let dataset, let datasetPath else { return nil }
    return .init(name: dataset.name, hash: dataset.hash, path: datasetPath)
  }

  var daemonPart: ResultSplice.DaemonPart {
    ResultSplice.DaemonPart(
      analysis: call.analysis,
      plugin: ["id": .string(plugin.id), "version": .string(plugin.version)],
      dataset: dataset.map { ["name": .string($0.name), "hash": .string($0.hash)] },
      parameters: JSONValue.object(call.parameters).bytes, seed: call.seed,
      plan: plan.map { Array($0.statement.utf8) })
  }
}
