import ClientProtocol
import JSON
import PluginHost
import PluginProtocol

/// The runs that reference cases need: cases of one command share one.
struct CheckRequests: Sendable {
  struct Request: Sendable {
    var plugin: String
    var analysis: String
    var command: String
    var resolved: Result<RunRequest, CommandFailure>
  }

  private(set) var requests: [Request] = []
  /// Cases that ask for what their plugin does not offer.
  private(set) var problems: [String] = []
  /// Every case, with the position of its request.
  private var cases: [(reference: ReferenceCase, request: Int)] = []

  /// Data sets are those of each plugin's cases, in the order of the plugins.
  init(
    _ plugins: [InstalledPlugin], _ files: [[CaseFile]], _ datasets: [CheckDatasets],
    commands: CommandTable
  ) {
    for (plugin, (files, datasets)) in zip(plugins, zip(files, datasets)) {
      var positions: [String: Int] = [:]
      for reference in files.flatMap(\.cases) {
        if positions[reference.command] == nil {
          do throws(CommandFailure) {
            let request = try Self.request(reference, plugin, datasets.files, commands)
            positions[reference.command] = requests.count
            requests.append(request)
          } catch {
            problems.append("\(reference.file):\(reference.line): \(error.sentence)")
            continue
          }
        }
        if let position = positions[reference.command] { cases.append((reference, position)) }
      }
    }
  }

  /// - Throws: When the line is none, or asks another plugin's analysis.
  private static func request(
    _ reference: ReferenceCase, _ plugin: InstalledPlugin,
    _ datasets: [String: PluginProtocol.RunRequest.DatasetFile], _ commands: CommandTable
  ) throws(CommandFailure) -> Request {
    let line = try CommandLine(reference.command)
    guard let name = line.name, let analysis = commands.analysis(name.text),
      analysis.plugin == plugin.id
    else {
      throw .usage(
        "\(reference.command.commandToken) asks for no analysis of \(plugin.id)",
        expected: "one of " + plugin.manifest.analyses.map(\.name).joined(separator: ", "))
    }
    var resolver = CallResolver(
      analysis.declaration, datasetNames: { Array(datasets.keys) },
      planNamed: { name throws(CommandFailure) in
        throw CommandFailure(.unknownPlan, "a case follows no plan, not \(name)")
      })
    let resolved: Result<RunRequest, CommandFailure>
    do throws(CommandFailure) {
      let call = try resolver.resolve(line, defaults: SessionDefaults())
      let dataset = call.dataset.flatMap { datasets[$0] }
      if let name = call.dataset, dataset == nil {
        throw .unknownDataset(
          name, at: call.ranges["dataset"], nearest: datasets.keys.nearest(to: name))
      }
      resolved = .success(
        RunRequest(
          analysis: call.analysis, parameters: call.parameters, dataset: dataset, seed: call.seed))
    } catch {
      resolved = .failure(error)
    }
    return Request(
      plugin: plugin.id, analysis: name.text, command: reference.command, resolved: resolved)
  }

  /// What became of every case, given the answer to every request.
  func cases(answeredBy documents: [JSONValue]) -> [CheckedCase] {
    cases.map { reference, position in
      let request = requests[position]
      return CheckedCase(
        plugin: request.plugin, analysis: request.analysis, reference,
        document: documents[position])
    }
  }
}
