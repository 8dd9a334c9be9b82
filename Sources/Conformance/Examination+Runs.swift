import JSON
import PluginHost
import PluginProtocol
import Synchronization

extension Examination {
  /// Runs every example, and every analysis that needs nothing, and returns the good requests.
  mutating func checkExamples(_ host: PluginHost, _ plugin: InstalledPlugin) async -> [RunRequest] {
    var good: [RunRequest] = []
    for analysis in plugin.manifest.analyses {
      if analysis.data == .required, dataset == nil {
        skip("data.\(analysis.name)", "\(analysis.name) reads a data set, and none was given")
        continue
      }
      if analysis.data == .none, !analysis.parameters.contains(where: \.required) {
        let id = "defaults.\(analysis.name)"
        let request = request(ExampleCommand(analysis), dataset: nil)
        // Without any input an analysis may well have nothing to do; it must say so.
        let mayRefuse = !analysis.examples.isEmpty
        if await checkRun(host, plugin, id, request, mayRefuse) { good.append(request) }
      }
      if analysis.examples.isEmpty, analysis.parameters.contains(where: \.required) {
        note(
          "example.\(analysis.name)", false,
          "no example of \(analysis.name) shows how it is run, so nothing of it can be examined")
      }
      for (index, line) in analysis.examples.enumerated() {
        let id = "example.\(analysis.name).\(index + 1)"
        do throws(ExampleProblem) {
          let command = try ExampleCommand(line, of: analysis, dataset: dataset?.name)
          // The name of a data set is not known to whoever wrote the example.
          let request = request(command, dataset: analysis.data == .required ? dataset : nil)
          if await checkRun(host, plugin, id, request, false) { good.insert(request, at: 0) }
        } catch {
          note(id, false, error.sentence)
        }
      }
    }
    return good
  }

  private func request(
    _ command: ExampleCommand, dataset: RunRequest.DatasetFile?
  ) -> RunRequest {
    RunRequest(
      analysis: command.analysis.name, parameters: command.parameters, dataset: dataset, seed: "7")
  }

  /// True where the run was answered with a document that is in order.
  private mutating func checkRun(
    _ host: PluginHost, _ plugin: InstalledPlugin, _ id: String, _ request: RunRequest,
    _ mayRefuse: Bool
  ) async -> Bool {
    let fractions = Mutex<[Double]>([])
    let start = ContinuousClock.now
    let outcome = await run(host, plugin, request) { progress in
      fractions.withLock { $0.append(progress.fraction) }
    }
    let elapsed = ContinuousClock.now - start
    checkProgress(id, fractions.withLock { $0 })
    switch outcome {
    case .failure(.refused(let refusal)) where mayRefuse:
      note(id, true, "refuses: \(refusal.message)")
      return false
    case .failure(let failure):
      note(id, false, "\(failure)")
      return false
    case .success(let answer):
      if elapsed > longest { (slowest, longest) = (request, elapsed) }
      let fault = fault(in: answer.result, request, plugin)
      note(id, fault == nil, fault ?? "answered with a result document")
      return fault == nil
    }
  }

  private mutating func checkProgress(_ id: String, _ fractions: [Double]) {
    guard let first = fractions.first else { return }
    let rises = zip(fractions, fractions.dropFirst()).allSatisfy { $0 <= $1 }
    let isInRange = fractions.allSatisfy { (0...1).contains($0) }
    note(
      "progress.\(id)", rises && isInRange,
      rises && isInRange
        ? "\(fractions.count) reports, rising from \(first)"
        : "progress falls or leaves 0 to 1: \(fractions)")
  }

  /// What is wrong with a result, in words; nil where nothing is.
  private func fault(
    in bytes: [UInt8], _ request: RunRequest, _ plugin: InstalledPlugin
  ) -> String? {
    let document: ResultDocument
    do {
      document = try ResultDocument(json: JSONValue(parsing: bytes))
    } catch {
      return "the result is no ResultDocument: \(Wire.words(for: error))"
    }
    if document.analysis != request.analysis {
      return "the result is of the analysis \"\(document.analysis)\""
    }
    if let reference = document.plugin, reference.id != plugin.manifest.engine,
      reference.id != plugin.id || reference.version != plugin.manifest.version
    {
      return "the result names the plugin \(reference.id) \(reference.version)"
    }
    let missing = request.parameters.object.keys.filter { document.parameters[$0] == nil }
    guard missing.isEmpty else {
      return "the result leaves out the parameters \(missing.joined(separator: ", "))"
    }
    for table in document.tables {
      guard table.rows.allSatisfy({ $0.count == table.columns.count }) else {
        return "a row of the table \"\(table.name)\" has not one cell a column"
      }
    }
    return nil
  }

  // MARK: Refusals

  /// Puts a value of the wrong kind to every parameter, and one past each bound.
  mutating func checkRefusals(
    _ host: PluginHost, _ plugin: InstalledPlugin, _ examples: [RunRequest]
  ) async {
    for analysis in plugin.manifest.analyses {
      guard let example = examples.first(where: { $0.analysis == analysis.name }) else { continue }
      for parameter in analysis.parameters {
        await checkRefusal(host, plugin, example, parameter, Self.wrongKind(parameter), "kind")
        for (value, bound) in Self.beyond(parameter) {
          await checkRefusal(host, plugin, example, parameter, value, bound)
        }
        for (value, bound) in Self.bounds(parameter) {
          await checkBound(host, plugin, example, parameter, value, bound)
        }
      }
    }
  }

  private static func wrongKind(_ parameter: ParameterDeclaration) -> JSONValue {
    switch parameter.type {
    case .text: ["neither": "text"]
    default: "no such value"
    }
  }

  /// Values on the declared bounds.
  private static func bounds(
    _ parameter: ParameterDeclaration
  ) -> [(value: JSONValue, bound: String)] {
    let bounds = [("minimum", parameter.minimum), ("maximum", parameter.maximum)]
    return bounds.compactMap { bound, number in
      number.map { (value(of: parameter, $0), bound) }
    }
  }

  /// Values just outside of the declared bounds.
  private static func beyond(
    _ parameter: ParameterDeclaration
  ) -> [(value: JSONValue, bound: String)] {
    var values: [(JSONValue, String)] = []
    if let minimum = parameter.minimum {
      values.append((value(of: parameter, minimum - 1), "below"))
    }
    if let maximum = parameter.maximum {
      values.append((value(of: parameter, maximum + 1), "above"))
    }
    return values
  }

  private static func value(of parameter: ParameterDeclaration, _ number: Double) -> JSONValue {
    switch parameter.type {
    case .count, .integer: Int64(exactly: number).map(JSONValue.integer) ?? JSONValue(number)
    default: JSONValue(number)
    }
  }

  /// A value out of place is refused in its parameter's name, or not read at all.
  ///
  /// The host holds every value against the manifest before a plugin sees it, so a plugin need
  /// not read what a run has no use for.
  private mutating func checkRefusal(
    _ host: PluginHost, _ plugin: InstalledPlugin, _ example: RunRequest,
    _ parameter: ParameterDeclaration, _ value: JSONValue, _ what: String
  ) async {
    var request = example
    request.parameters[parameter.name] = value
    let id = "refusal.\(example.analysis).\(parameter.name).\(what)"
    switch await run(host, plugin, request) {
    case .success: note(id, true, "does not read \(parameter.name) in this run")
    case .failure(.refused(let refusal)):
      note(
        id, refusal.parameter == parameter.name,
        refusal.parameter == parameter.name
          ? "refuses \(parameter.name)=\(value.text)"
          : "refuses \(parameter.name)=\(value.text) in the name of "
            + "\(refusal.parameter ?? "no parameter"): \(refusal.message)")
    case .failure(let failure): note(id, false, "\(parameter.name)=\(value.text): \(failure)")
    }
  }

  /// A value on a bound is answered, or refused for a reason: it is no death.
  private mutating func checkBound(
    _ host: PluginHost, _ plugin: InstalledPlugin, _ example: RunRequest,
    _ parameter: ParameterDeclaration, _ value: JSONValue, _ bound: String
  ) async {
    var request = example
    request.parameters[parameter.name] = value
    let id = "bound.\(example.analysis).\(parameter.name).\(bound)"
    switch await run(host, plugin, request) {
    case .success, .failure(.refused): note(id, true, "answers \(parameter.name)=\(value.text)")
    case .failure(let failure): note(id, false, "\(parameter.name)=\(value.text): \(failure)")
    }
  }
}
