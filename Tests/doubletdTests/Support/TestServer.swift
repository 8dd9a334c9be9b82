import ClientProtocol
import Foundation
import Logging
import Synchronization

@testable import doubletd

/// A real server on a real socket in a folder of its own, with a ``Stage`` behind it.
final class TestServer: Sendable {
  let folder: TemporaryFolder
  let server: SocketServer
  let path: String
  private let isStopped = Mutex(false)

  private init(_ folder: TemporaryFolder, _ server: SocketServer, _ path: String) {
    self.folder = folder
    self.server = server
    self.path = path
  }

  /// Runs `body` against a server and stops it afterwards, also when `body` throws.
  static func run(
    limits: ServerLimits = ServerLimits(), allowedUIDs: Set<UInt32> = [getuid()],
    log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    idleSeconds: Double? = nil, onIdle: @escaping @Sendable () -> Void = {},
    _ body: (TestServer, Stage) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let stage = Stage()
    let path = folder("s.sock")
    let socket = try ListeningSocket(path: path)
    let configuration = SocketServer.Configuration(
      facts: DaemonFacts(pid: getpid(), socket: path, data: folder.path, sandbox: "no sandbox"),
      limits: limits,
      allowedUIDs: allowedUIDs, log: log, idleSeconds: idleSeconds, onIdle: onIdle,
      makeHandler: { StageHandler(stage: stage, peer: $0) })
    let server = try await SocketServer(listeningOn: socket.descriptor, configuration)
    let test = TestServer(folder, server, path)
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(test, stage))
    } catch {
      outcome = .failure(error)
    }
    await test.stop(grace: .zero, tail: .seconds(5))
    socket.release()
    try outcome.get()
  }

  /// Stops the server, once.
  func stop(grace: Duration, tail: Duration) async {
    let isFirst = isStopped.withLock { isStopped in
      defer { isStopped = true }
      return !isStopped
    }
    if isFirst { await server.stop(grace: grace, tail: tail) }
  }

  func connect() throws -> SocketClient { try SocketClient(path) }
}
