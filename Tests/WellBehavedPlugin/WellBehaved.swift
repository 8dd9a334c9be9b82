import Glibc
import JSON
import PluginKit
import PluginProtocol

/// A plugin that does what it is asked, for the tests of host and kit.
@main struct WellBehaved: AnalysisPlugin {
  /// The host may know it by another name, its first argument.
  static let identity = PluginIdentity(
    id: CommandLine.arguments.dropFirst().first ?? "well-behaved", version: "1.0.0")

  func run(_ request: RunRequest, context: RunContext) async throws -> ResultDocument {
    var document = ResultDocument(analysis: request.analysis)
    switch request.analysis {
    case "count":
      try count(request.values, &document)
    case "wait":
      context.progress(0, "waiting")
      await context.untilCancelled()
      throw CancellationError()
    case "spin":
      context.progress(0, "spinning")
      while true { try context.checkCancellation() }
    case "sum": break
    case "steps":
      for step in 0...10 { context.progress(Double(step) / 10, "step \(step)") }
    case "talk":
      let lines = try request.values.int("lines")
      for line in 0..<lines { print("line \(line)") }
      context.log("said \(lines) lines")
    case "refuse":
      throw Refusal(
        "data.impossible", "no patient has a baseline", parameter: "level", expected: "a baseline")
    case "bulk":
      let rows = try request.values.int("rows")
      document.tables = [
        ResultDocument.ResultTable(
          name: "bulk", title: "Bulk", columns: [ResultDocument.Column("row", "Row", .count)],
          rows: (0..<rows).map { [.integer(Int64($0))] })
      ]
    case "reach":
      document.parameters = try reach(request.values.text("path"))
    case let name where name.hasPrefix("call"):
      try await call(request, context, &document)
    case "environment":
      document.parameters = try environment()
    default:
      throw Refusal("analysis.unknown", "\(request.analysis) is not one of my analyses")
    }
    return document
  }

  private func count(_ values: Parameters, _ document: inout ResultDocument) throws {
    let ratio = try values.ratio("responders")
    let level = try values.double("level")
    document.estimates = [
      ResultDocument.Estimate(
        name: "rate", label: "Rate at level \(level)",
        value: Double(ratio.events) / Double(ratio.total),
        count: ResultDocument.Count(events: ratio.events, total: ratio.total))
    ]
  }

  /// Has the host run the next analysis of a path, as often as is asked, and shows what came.
  private func call(
    _ request: RunRequest, _ context: RunContext, _ document: inout ResultDocument
  ) async throws {
    var path = try request.values.text("path").split(separator: " ").map(String.init)
    let next = path.removeFirst()
    let given = try request.values.text("given")
    let parameters: JSONObject =
      path.isEmpty
      ? try JSONValue(parsing: Array(given.utf8)).object ?? [:]
      : ["path": .string(path.joined(separator: " ")), "given": .string(given)]
    let (dataset, seed) = (
      try request.values.optionalText("data"), try request.values.optionalText("number")
    )
    let results = try await withThrowingTaskGroup(of: ResultDocument.self) { group in
      for _ in 0..<(try request.values.optionalInt("times") ?? 1) {
        group.addTask {
          try await context.run(next, parameters, dataset: dataset, seed: seed)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    document.estimates = results.flatMap(\.estimates)
    document.tables = results.flatMap(\.tables) + results.map(Self.table)
  }

  private static func table(_ result: ResultDocument) -> ResultDocument.ResultTable {
    let columns = ["analysis", "plugin", "version", "dataset", "seed", "parameters"]
    return ResultDocument.ResultTable(
      name: "inner", title: "Inner", columns: columns.map { .init($0, $0, .text) },
      rows: [
        [
          .string(result.analysis), result.plugin.map { .string($0.id) } ?? .null,
          result.plugin.map { .string($0.version) } ?? .null,
          result.dataset.map { .string($0.name) } ?? .null,
          result.seed.map(JSONValue.string) ?? .null,
          .string(JSONValue.object(result.parameters.object).text),
        ]
      ])
  }

  /// What the process sees of the world.
  private func environment() throws -> JSONObjectBox {
    var names: [JSONValue] = []
    var pointer = unsafe environ
    while let entry = unsafe pointer.pointee {
      names.append(.string(unsafe String(cString: entry)))
      unsafe pointer += 1
    }
    let folder = unsafe getcwd(nil, 0)
    defer { unsafe free(folder) }
    let descriptors = (0..<256).filter { fcntl($0, F_GETFD) >= 0 }
    return JSONObjectBox([
      "environment": .array(names),
      "folder": .string(unsafe folder.map { unsafe String(cString: $0) } ?? ""),
      "group": .integer(Int64(getpgrp())), "process": .integer(Int64(getpid())),
      "descriptors": .array(descriptors.map { .integer(Int64($0)) }),
    ])
  }

  /// What comes of writing a file there, writing one here, and calling a port where nobody listens.
  private func reach(_ path: String) -> JSONObjectBox {
    JSONObjectBox([
      "there": .integer(Int64(Self.create(path))), "here": .integer(Int64(Self.create("mine"))),
      "port": .integer(Int64(Self.connect())),
    ])
  }

  private static func create(_ path: String) -> Int32 {
    let file = unsafe open(path, O_WRONLY | O_CREAT, 0o600)
    guard file >= 0 else { return errno }
    close(file)
    return 0
  }

  private static func connect() -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(1).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return result == 0 ? 0 : errno
  }

  func runShard(
    _ request: RunRequest, shard: RunRequest.Shard, context: RunContext
  ) async throws -> JSONValue {
    switch request.analysis {
    case "fragile": try breakDown(request.values, shard)
    case "wait":
      context.progress(0.5, "waiting")
      await context.untilCancelled()
      throw CancellationError()
    default: break
    }
    context.progress(0.5, "half of \(shard.count)")
    return .integer(Int64((shard.first..<shard.first + shard.count).reduce(0, +)))
  }

  /// Dies of the shard that holds a replicate: always, or until a file is there.
  private func breakDown(_ values: Parameters, _ shard: RunRequest.Shard) throws {
    guard (shard.first..<shard.first + shard.count).contains(try values.int("at")) else { return }
    if let path = try values.optionalText("until") {
      guard unsafe open(path, O_CREAT | O_EXCL, 0o600) >= 0 else { return }
    }
    kill(getpid(), SIGKILL)
  }

  func merge(_ partials: [JSONValue]) async throws -> ResultDocument {
    var document = ResultDocument(analysis: "sum")
    let sum = partials.compactMap(\.number).reduce(0, +)
    document.estimates = [ResultDocument.Estimate(name: "sum", label: "Sum", value: sum)]
    return document
  }

  func check(_ definition: JSONObject) async throws -> [Diagnostic] {
    guard let drugs = definition["drugs"]?.array else {
      return [Diagnostic(keyPath: "definition.drugs", message: "a regimen needs its drugs")]
    }
    return drugs.enumerated().compactMap { index, drug in
      (drug["dose"]?.number ?? 0) > 0
        ? nil
        : Diagnostic(
          keyPath: "definition.drugs.\(index).dose", message: "a dose must be above zero")
    }
  }
}
