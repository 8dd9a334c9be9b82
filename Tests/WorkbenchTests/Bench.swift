import ClientProtocol
import Foundation
import JSON
import Logging
import PluginHost
import PluginProtocol
import Store
import Testing

@testable import Workbench

/// A workbench with a real store and a real plugin, in a folder of its own.
struct Bench {
  static let manifest = """
    id = "echo"
    version = "1.0.0"
    protocol = 1
    summary = "Says back what it was asked"
    run = ["EchoPlugin"]

    [[analysis]]
    name = "echo"
    summary = "Echo a count"
    data = "optional"
    examples = ["echo 15/30 level=0.9"]

    [[analysis.parameter]]
    name = "count"
    type = "ratio"
    positional = true
    help = "Responders of patients"

    [[analysis.parameter]]
    name = "level"
    type = "probability"
    default = 0.95
    help = "Confidence level"

    [[analysis.parameter]]
    name = "mode"
    type = "choice"
    choices = ["plain", "refuse", "die", "wait", "moody", "draw"]
    default = "plain"
    positional = true
    help = "What to do"

    [[analysis.parameter]]
    name = "window"
    type = "duration"
    default = "4w"
    help = "A window"

    [[analysis.parameter]]
    name = "about"
    type = "text"
    dataset_prefix = "dataset:"
    help = "Said back; last here and first in the alphabet"

    [[analysis.parameter]]
    name = "agent"
    type = "text"
    definition_kind = "agent"
    help = "A declarative plugin"

    [[analysis]]
    name = "reader"
    summary = "Read a data set"
    data = "required"

    [[analysis.parameter]]
    name = "at"
    type = "duration"
    required = true
    help = "When"

    [[analysis.parameter]]
    name = "where"
    type = "condition"
    help = "Who"

    [[analysis]]
    name = "dice"
    summary = "Take a number"
    data = "none"

    [[analysis.parameter]]
    name = "sides"
    type = "count"
    minimum = 2
    positional = true
    default = 6
    help = "Sides of the die"
    """

  let folder: TemporaryFolder
  let store: Store
  let host: PluginHost
  let workbench: Workbench
  let session: any RequestHandler

  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static let peer = Peer(uid: 4_000_000_001, pid: 1)

  init(submittedRunsAtOnce: Int = 2) async throws {
    folder = try TemporaryFolder()
    try folder.write("plugins/echo/plugin.toml", Self.manifest)
    store = try Store(folder: folder.path + "/data", daemon: Caller(uid: 1, user: "doubletd"))
    var settings = PluginHostSettings()
    settings.temporaryFolder = folder.path
    settings.processesPerPlugin = 4
    settings.reservedNames = Set(Workbench.commandNames)
    host = PluginHost(
      settings: settings, folders: [folder.path + "/plugins", folder.path + "/data/plugins"],
      log: Logger(label: "test"))
    workbench = Workbench(
      host: host, store: store, dataFolder: folder.path + "/data",
      settings: WorkbenchSettings(
        submittedRunsAtOnce: submittedRunsAtOnce, kitFolder: Self.repository + "/config/kits"),
      log: Logger(label: "test"))
    let report = await workbench.reload()
    try #require(report.plugins == ["echo"], "\(report.problems)")
    session = workbench.makeSession(Self.peer)
  }

  func end(closingStore: Bool = true) async throws {
    await workbench.shutdown(grace: .zero)
    await host.shutdown()
    if closingStore { try store.close() }
  }

  /// Does something with a new workbench and takes it down in any case.
  static func with(
    submittedRunsAtOnce: Int = 2, _ body: (Bench) async throws -> Void
  ) async throws {
    let bench = try await Bench(submittedRunsAtOnce: submittedRunsAtOnce)
    do {
      try await body(bench)
    } catch {
      try await bench.end()
      throw error
    }
    try await bench.end()
  }
}

extension RequestHandler {
  func ask(
    _ method: ClientMethod, _ parameters: JSONObject = [:], id: JSONValue? = nil,
    progress: ProgressReport? = nil
  ) async throws -> JSONValue {
    let request = ClientRequest(id: id, method: method, parameters: parameters)
    return try JSONValue(parsing: await answer(request, progress: progress).get())
  }

  @discardableResult
  func say(_ line: String, in folder: String? = nil) async throws -> JSONValue {
    var parameters: JSONObject = ["line": .string(line)]
    parameters["cwd"] = folder.map(JSONValue.string)
    return try await ask(.command, parameters)
  }

  /// The failure of a line, which must fail.
  func refusal(
    _ line: String, in folder: String? = nil, _ location: SourceLocation = #_sourceLocation
  ) async throws -> CommandFailure {
    try await #require(throws: CommandFailure.self, sourceLocation: location) {
      try await say(line, in: folder)
    }
  }
}

extension Bench {
  /// Imports a small data set under a name.
  @discardableResult
  func importTrial(
    _ name: String = "p011", subjects: Int = 3
  ) async throws -> JSONValue {
    let rows = (1...subjects).map { "S\($0),A,2,mg\n" }.joined()
    try folder.write("\(name)/subject.csv", "subject,arm,dose_level,dose_unit\n" + rows)
    try folder.write(
      "\(name)/assessment.csv",
      "subject,day,visit,sum_of_diameters,overall,evaluator\nS1,-3,SCREENING,50,,INV\n"
        + "S1,56,WEEK 8,30,PR,INV\nS2,57,WEEK 8,,PD,INV\n")
    return try await session.say("import \(name) as \(name)", in: folder.path)
  }

  /// Waits until a submitted run has left the line.
  func waitForTurn(of run: Int64) async {
    while workbench.registry[RunID(number: run)]?.isQueued == true { await Task.yield() }
  }
}
