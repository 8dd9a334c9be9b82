import JSON
import PluginProtocol

/// The data sets a run was given, which are all it may pass on.
struct OuterData: Sendable {
  private let outer: RunRequest

  init(_ outer: RunRequest) { self.outer = outer }

  /// The data set an inner run reads: the one it names, else the outer run's.
  ///
  /// A count that stands for the data keeps the outer run's from being passed on, as it keeps a
  /// session's from being used.
  func dataset(
    _ asked: HostRunRequest, _ values: JSONObject, _ analysis: AnalysisDeclaration
  ) throws(Refusal) -> RunRequest.DatasetFile? {
    if let name = asked.dataset {
      guard analysis.data != .none else {
        throw Refusal(
          "parameter.unknown", "\(analysis.name) reads no data set", parameter: "dataset")
      }
      return try named(name, parameter: "dataset")
    }
    let hasCount = analysis.parameters.contains {
      $0.positional && $0.type == .ratio && values[$0.name] != nil
    }
    let inherited = analysis.data == .none || hasCount ? nil : outer.dataset
    guard analysis.data != .required || inherited != nil else {
      throw Refusal(
        "dataset.missing",
        "\(analysis.name) needs a data set, and \(outer.analysis) was run without one")
    }
    return inherited
  }

  /// The data sets that parameters of the inner run name.
  func second(
    _ values: JSONObject, _ analysis: AnalysisDeclaration
  ) throws(Refusal) -> [String: RunRequest.DatasetFile]? {
    var files: [String: RunRequest.DatasetFile] = [:]
    for parameter in analysis.parameters {
      guard let name = parameter.datasetName(in: values[parameter.name]) else { continue }
      files[parameter.name] = try named(name, parameter: parameter.name)
    }
    return files.isEmpty ? nil : files
  }

  private func named(
    _ name: String, parameter: String
  ) throws(Refusal) -> RunRequest.DatasetFile {
    let files = [outer.dataset].compactMap(\.self) + (outer.datasets ?? [:]).values
    if let file = files.first(where: { $0.name == name }) { return file }
    let list = Set(files.map(\.name)).sorted().joined(separator: ", ")
    throw Refusal(
      "call.dataset",
      "\(parameter)=\(name): \(outer.analysis) may pass on only the data it was run on, "
        + (list.isEmpty ? "and it was run on none" : list),
      parameter: parameter)
  }
}
