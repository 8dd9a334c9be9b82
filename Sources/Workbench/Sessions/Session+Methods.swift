import ClientProtocol
import JSON
import PluginProtocol
import Rendering
import Store

extension Session {
  func perform(_ request: ClientRequest, _ progress: ProgressReport?) async -> ClientAnswer {
    do throws(CommandFailure) {
      return .success(try await result(of: request, progress))
    } catch {
      return .failure(error)
    }
  }

  private func result(
    of request: ClientRequest, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> [UInt8] {
    var members = RequestMembers(request)
    switch request.method {
    case .command: return try await command(&members, progress)
    case .analysisRun: return try await analysisRun(&members, progress)
    case .runSubmit: return try await submit(&members).bytes
    case .runGet:
      let id = try members.run()
      try members.refuseOthers()
      return try workbench.state(of: id)
    case .runWait: return try await wait(&members, progress)
    case .runList: return try list(&members).bytes
    case .runCancel: return try cancel(&members).bytes
    case .catalog:
      try members.refuseOthers()
      return try workbench.catalog().bytes
    case .ping:
      try members.refuseOthers()
      return Array("\"pong\"".utf8)
    case .daemonInfo:
      try members.refuseOthers()
      return try Self.bytes(workbench.statusDocument())
    }
  }

  private func command(
    _ members: inout RequestMembers, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> [UInt8] {
    let text = try members.requiredText("line")
    let folder = try members.text("cwd")
    let format = try members.format()
    try members.refuseOthers()
    let line = try CommandLine(text)
    guard !line.isEmpty else { return Array("null".utf8) }
    return try Self.written(try await carryOut(line, folder: folder, progress), format)
  }

  private func analysisRun(
    _ members: inout RequestMembers, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> [UInt8] {
    let format = try members.format()
    let run = try prepared(&members)
    try members.refuseOthers()
    return try Self.written(try await answer(run, progress), format)
  }

  private func submit(_ members: inout RequestMembers) async throws(CommandFailure) -> JSONValue {
    let run: PreparedRun
    if let text = try members.text("line") {
      let line = try CommandLine(text)
      guard let name = line.name,
        case .analysis(let analysis) = try workbench.commands.command(name)
      else {
        throw .usage(
          "only an analysis can be submitted", at: line.name?.range, expected: "an analysis")
      }
      run = try prepared(analysis, line)
    } else {
      run = try prepared(&members)
    }
    try members.refuseOthers()
    switch try await workbench.begin(run, isQueued: true) {
    case .stored(let id, _): return ["run": .string(id.description), "stored": true]
    case .underWay(let active): return ["run": .string(active.id.description), "stored": false]
    }
  }

  private func prepared(_ members: inout RequestMembers) throws(CommandFailure) -> PreparedRun {
    let name = try members.requiredText("analysis")
    let commands = workbench.commands
    guard let analysis = commands.analysis(name) else {
      let names = commands.analyses.map(\.declaration.name)
      throw .unknownAnalysis(name, nearest: names.nearest(to: name))
    }
    var resolver = makeResolver(analysis.declaration)
    let call = try resolver.resolve(
      parameters: try members.object("parameters"), dataset: try members.text("dataset"),
      seed: members.value("seed"), fresh: members.value("fresh"),
      plan: members.value("plan"))
    return try workbench.prepare(
      call, of: analysis, command: JSONValue.object(members.request.parameters).text, by: caller)
  }

  private func wait(
    _ members: inout RequestMembers, _ progress: ProgressReport?
  ) async throws(CommandFailure) -> [UInt8] {
    let id = try members.run()
    let seconds = try members.number("timeoutSeconds", from: 0, to: 86_400)
    try members.refuseOthers()
    if let active = workbench.registry[id] {
      let leave = progress.map(active.listen)
      let passage = await active.ended.wait(for: seconds.map { .seconds($0) })
      leave?()
      if passage == .cancelled { throw CommandFailure(.cancelled, "the wait was cancelled") }
    }
    return try workbench.state(of: id)
  }

  private func list(_ members: inout RequestMembers) throws(CommandFailure) -> JSONValue {
    let limit = Int(try members.number("limit", from: 1, to: 10_000) ?? 20)
    let before = try members.optionalRun("before")
    let state = try members.runState()
    try members.refuseOthers()
    return ["runs": .array(try workbench.runs(limit: limit, before: before, state: state))]
  }

  private func cancel(_ members: inout RequestMembers) throws(CommandFailure) -> JSONValue {
    if let request = members.value("request") {
      try members.refuseOthers()
      return ["cancelled": .bool(cancel(request: request))]
    }
    let id = try members.run()
    try members.refuseOthers()
    try workbench.cancel(id, by: caller)
    return ["cancelled": true]
  }
}

extension Session {
  static func bytes(_ document: ResultDocument) throws(CommandFailure) -> [UInt8] {
    do {
      return try JSONValue(encoding: document).bytes
    } catch {
      throw CommandFailure(.internal, "the answer cannot be written: \(error)")
    }
  }

  /// The result in the form the client asked for; other than JSON, as a JSON string.
  static func written(
    _ result: [UInt8], _ format: OutputFormat
  ) throws(CommandFailure) -> [UInt8] {
    guard format != .json else { return result }
    let text: String
    do {
      let document = try ResultDocument(json: JSONValue(parsing: result))
      text =
        switch format {
        case .text: document.text()
        case .csv: document.csv
        case .markdown: document.markdown
        case .json: try document.json
        }
    } catch {
      throw CommandFailure(
        .pluginFailed, "the result cannot be written as \(format.rawValue): \(error)")
    }
    return JSONValue.string(text).bytes
  }
}
