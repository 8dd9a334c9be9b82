import JSON
import PluginProtocol

/// A run inside another: what a plugin asked for, held against the manifests.
///
/// Values are checked and defaults filled in as for a client's request. The run gets no data but
/// what the outer run has, so that what a result rests on is what its record says.
struct InnerRun: Sendable {
  let plugin: InstalledPlugin
  let declaration: AnalysisDeclaration
  let request: RunRequest
  let chain: CallChain

  /// - Throws: A refusal that says what was asked for and is not given.
  init(
    _ asked: HostRunRequest, of outer: RunRequest, inside chain: CallChain, _ catalog: PluginCatalog
  ) throws(Refusal) {
    let calls = catalog.analysis(outer.analysis)?.analysis.calls ?? []
    guard calls.contains(asked.analysis) else {
      throw Refusal(
        "call.undeclared",
        "\(outer.analysis) asks for \(asked.analysis), which \"calls\" in its manifest leaves out")
    }
    guard let (plugin, declaration) = catalog.analysis(asked.analysis) else {
      throw Refusal(
        "call.unknown",
        "\(outer.analysis) needs the analysis \(asked.analysis), which no plugin offers")
    }
    self.chain = try chain.adding(.init(plugin: plugin.id, analysis: asked.analysis))
    self.plugin = plugin
    self.declaration = declaration
    let parameters = try declaration.filled(asked.parameters?.object ?? [:], catalog)
    let data = OuterData(outer)
    request = RunRequest(
      analysis: asked.analysis, parameters: parameters,
      dataset: try data.dataset(asked, parameters, declaration),
      datasets: try data.second(parameters, declaration),
      seed: try Self.seed(asked.seed) ?? outer.seed)
  }

  private static func seed(_ text: String?) throws(Refusal) -> String? {
    guard let text else { return nil }
    guard let seed = UInt64(text), !text.hasPrefix("+") else {
      throw Refusal(
        ParameterProblem(
          parameter: "seed", value: text, expected: "a whole number from 0 to \(UInt64.max)"))
    }
    return String(seed)
  }
}

extension AnalysisDeclaration {
  /// Every parameter in the manifest's order, checked, defaults filled in.
  fileprivate func filled(
    _ given: JSONObject, _ catalog: PluginCatalog
  ) throws(Refusal) -> JSONObject {
    for key in given.keys where !parameters.contains(where: { $0.name == key }) {
      let hint = parameters.map(\.name).nearest(to: key).map { "; did you mean \($0)?" } ?? ""
      throw Refusal(
        "parameter.unknown", "\(name) has no parameter \"\(key)\"\(hint)", parameter: key)
    }
    var filled = JSONObject()
    for parameter in parameters {
      // Programs write null for what they leave out.
      let value = given[parameter.name].flatMap { $0 == .null ? nil : $0 }
      filled[parameter.name] = try parameter.filled(value, of: name)
    }
    try refuseMissingDefinitions(filled, catalog)
    return filled
  }

  private func refuseMissingDefinitions(
    _ values: JSONObject, _ catalog: PluginCatalog
  ) throws(Refusal) {
    let found = catalog.definitions(named: values, in: self)
    for parameter in parameters where found[parameter.name] == nil {
      guard let name = parameter.definitionName(in: values[parameter.name]) else { continue }
      throw Refusal(
        ParameterProblem(parameter: parameter.name, value: name, expected: parameter.expectation))
    }
  }
}

extension ParameterDeclaration {
  fileprivate func filled(
    _ value: JSONValue?, of analysis: String
  ) throws(Refusal) -> JSONValue? {
    guard let value else {
      guard required else { return `default` }
      throw Refusal(
        "parameter.missing", "\(analysis) needs \(name): \(expectation)", parameter: name,
        expected: expectation)
    }
    do {
      return try checked(value)
    } catch {
      throw Refusal(error)
    }
  }
}

extension Refusal {
  init(_ problem: ParameterProblem) {
    self.init(
      "parameter.value", "\(problem)", parameter: problem.parameter, expected: problem.expected)
  }
}
