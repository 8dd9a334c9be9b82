import CLinux
import Glibc
import JSON
import PluginProtocol
import Synchronization
import Threads

/// Answers the host's requests one after the other, and hears a `cancel` in between.
final class PluginServer<Plugin: AnalysisPlugin>: Sendable {
  private struct Request: Sendable {
    let id: JSONValue
    let request: PluginRequest
    let cancellation = CancellationFlag()
  }

  private struct Current {
    var waiting: [Request] = []
    var running: Request?
    var task: Task<JSONValue, Never>?
  }

  private let plugin: Plugin
  private let connection: HostConnection
  private let calls: HostCalls
  private let current = Mutex(Current())
  private let requests: AsyncStream<Request>
  private let feed: AsyncStream<Request>.Continuation

  init(plugin: Plugin) {
    self.plugin = plugin
    connection = HostConnection()
    calls = HostCalls(connection)
    (requests, feed) = AsyncStream.makeStream()
  }

  /// Serves until the host closes the connection or asks for the end.
  func serve() async {
    clinux_line_buffer_output()
    guard startThread(named: "host", { self.listen() }) else { exit(EX_OSERR) }
    for await request in requests {
      await serve(request)
      if case .shutdown = request.request { break }
    }
    exit(0)
  }

  /// Reads lines on a thread of its own, so that a busy analysis cannot keep a `cancel` waiting.
  private func listen() {
    connection.readLines { line in
      switch line {
      case .success(let bytes): receive(bytes)
      case .failure(let error):
        answer(.null, Wire.invalidRequestCode, "a line is longer than \(error.limit) bytes")
      }
    }
    feed.finish()
    // The host is gone, and with it everybody who would read an answer. Other threads still
    // run, so nothing that `exit` would tear down may be touched.
    if connection.hasHost { _exit(0) }
  }

  private func receive(_ line: [UInt8]) {
    guard line.contains(where: { $0 != UInt8(ascii: " ") }) else { return }
    do throws(HostMessageFault) {
      switch try HostMessage(parsing: line) {
      case .request(let id, let request):
        let request = Request(id: id, request: request)
        current.withLock { $0.waiting.append(request) }
        feed.yield(request)
      case .cancel(let id): cancel(id)
      case .answer(let id, let result): calls.receive(.success(result), to: id)
      case .failure(let id, let refusal): calls.receive(.failure(refusal), to: id)
      case .unknown: break
      }
    } catch {
      answer(error.id, error.code, error.message)
    }
  }

  private func cancel(_ id: JSONValue) {
    let task = current.withLock { current in
      for request in current.waiting where request.id == id { request.cancellation.raise() }
      guard let running = current.running, running.id == id else {
        return nil as Task<JSONValue, Never>?
      }
      running.cancellation.raise()
      return current.task
    }
    task?.cancel()
  }

  private func serve(_ request: Request) async {
    let task = current.withLock { current in
      current.waiting.removeAll { $0.id == request.id }
      current.running = request
      let task = Task { await self.reply(to: request) }
      current.task = task
      return task
    }
    let reply = await task.value
    current.withLock { current in
      current.running = nil
      current.task = nil
    }
    fflush(nil)
    connection.send(reply)
  }

  private func reply(to request: Request) async -> JSONValue {
    do {
      if request.cancellation.isRaised { throw CancellationError() }
      return Wire.answer(id: request.id, result: try await result(of: request))
    } catch is CancellationError {
      return Wire.failure(
        id: request.id, code: Wire.cancelledCode, message: "the run was cancelled")
    } catch {
      let refusal = error as? Refusal ?? Refusal("analysis.failed", "\(error)")
      return Wire.failure(
        id: request.id, code: Wire.refusalCode, message: refusal.message, data: refusal.errorData)
    }
  }

  private func result(of request: Request) async throws -> JSONValue {
    switch request.request {
    case .initialize(_, let features):
      calls.greeted(with: features)
      let identity = Plugin.identity
      return try JSONValue(
        encoding: PluginGreeting(
          protocol: pluginProtocolVersion, id: identity.id, version: identity.version))
    case .check(let definition):
      return try JSONValue(encoding: try await plugin.check(definition))
    case .run(let run):
      let context = RunContext(
        connection: connection, id: request.id, cancellation: request.cancellation, calls: calls)
      if let shard = run.shard {
        return try await plugin.runShard(run, shard: shard, context: context)
      }
      return try JSONValue(
        encoding: try await plugin.run(run, context: context).completed(
          for: run, by: Plugin.identity))
    case .merge(let partials):
      return try JSONValue(
        encoding: try await plugin.merge(partials).completed(for: nil, by: Plugin.identity))
    case .shutdown: return [:]
    }
  }

  private func answer(_ id: JSONValue, _ code: Int64, _ message: String) {
    connection.send(Wire.failure(id: id, code: code, message: message))
  }
}

extension ResultDocument {
  /// The document with what the kit knows filled in where the analysis left it out.
  fileprivate func completed(for run: RunRequest?, by plugin: PluginIdentity) -> ResultDocument {
    var document = self
    document.plugin =
      document.plugin ?? PluginReference(id: plugin.id, version: plugin.version)
    guard let run else { return document }
    if document.parameters.object.isEmpty { document.parameters = run.parameters }
    document.seed = document.seed ?? run.seed
    document.dataset =
      document.dataset ?? run.dataset.map { DatasetReference(name: $0.name, hash: $0.hash) }
    return document
  }
}
