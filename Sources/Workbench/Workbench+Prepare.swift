import ClientProtocol
import JSON
import PluginProtocol
import Store

extension Workbench {
  /// Adds to a checked call what its run needs: the plugin and the data set as they are now.
  func prepare(
    _ call: AnalysisCall, of analysis: CommandTable.Analysis, command: String, by caller: Caller
  ) throws(CommandFailure) -> PreparedRun {
    var dataset: DatasetRecord?
    if let name = call.dataset {
      dataset = try shelf.find(name)
      if dataset == nil { throw .unknownDataset(name, at: call.ranges["dataset"], nearest: nil) }
    }
    return PreparedRun(
      call, plugin: try plugin(of: call, analysis), dataset: dataset,
      datasetPath: dataset.map(shelf.path), second: try second(of: call, analysis.declaration),
      command: command, caller: caller,
      plan: try standing(of: call, analysis, dataset: dataset))
  }

  /// The data set that a parameter of the call names.
  private func second(
    of call: AnalysisCall, _ analysis: AnalysisDeclaration
  ) throws(CommandFailure) -> (dataset: SecondDataset, path: String)? {
    for parameter in analysis.parameters {
      guard let name = parameter.datasetName(in: call.parameters[parameter.name]) else { continue }
      guard let record = try shelf.find(name) else {
        throw .unknownDataset(
          name, at: call.ranges[parameter.name],
          nearest: try shelf.all().map(\.name).nearest(to: name))
      }
      return (
        SecondDataset(parameter: parameter.name, name: name, hash: record.hash),
        shelf.path(of: record)
      )
    }
    return nil
  }

  /// The request of a finished run once more, to be computed afresh.
  func prepareAgain(
    _ run: RunRecord, command: String, by caller: Caller
  ) throws(CommandFailure) -> PreparedRun {
    let request = run.request
    guard let analysis = commands.analysis(request.analysis) else {
      throw CommandFailure(
        .pluginFailed, "run \(run.id) was \(request.analysis), which no plugin offers any more")
    }
    // In the order of the document, which the kept request does not have.
    let document = try? JSONValue(parsing: run.result ?? "")
    let parameters = document?["parameters"]?.object ?? Self.object(request.parameters)
    var call = AnalysisCall(analysis: request.analysis, parameters: parameters)
    call.seed = request.seed
    call.isFresh = true
    var dataset: DatasetRecord?
    if let hash = request.datasetHash {
      dataset = try find(hash: hash, name: document?["dataset"]?["name"]?.string)
    }
    return PreparedRun(
      call, plugin: try plugin(of: call, analysis), dataset: dataset,
      datasetPath: dataset.map(shelf.path), second: try second(of: request), command: command,
      caller: caller, plan: request.plan)
  }

  /// The same content under the name it had, whatever stands for that name now.
  private func second(
    of request: Store::RunRequest
  ) throws(CommandFailure) -> (dataset: SecondDataset, path: String)? {
    guard let second = request.secondDataset else { return nil }
    return (second, shelf.path(of: try find(hash: second.hash, name: second.name)))
  }

  /// The data set of a content, under the name it had if it still has it.
  private func find(hash: String, name: String?) throws(CommandFailure) -> DatasetRecord {
    if let name, let dataset = try shelf.find(name), dataset.hash == hash { return dataset }
    do {
      if let dataset = try store.dataset(hash: hash) { return dataset }
    } catch {
      throw CommandFailure(error)
    }
    throw CommandFailure(.unknownDataset, "the data set of the run, \(hash.prefix(12))…, is gone")
  }

  private static func object(_ text: String) -> JSONObject {
    (try? JSONValue(parsing: text))?.object ?? [:]
  }
}
