import ClientProtocol
import Foundation
import Logging

@testable import doubletd

/// A real server on a real socket in a folder of its own, with a ``Stage`` behind it.
final class TestServer: Sendable {
  let folder: TemporaryFolder
  let server: SocketServer
  let path: String

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
      facts: DaemonFacts(pid: getpid(), socket: path, data: folder.path), limits: limits,
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
    await server.stop(grace: .milliseconds(200))
    socket.release()
    try outcome.get()
  }

  func connect() throws -> SocketClient { try SocketClient(path) }
}
