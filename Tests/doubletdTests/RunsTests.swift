import Foundation
import JSON
import Testing

@testable import doubletd

/// The whole daemon with a plugin that waits.
@Suite(.timeLimit(.minutes(2)))
struct RunsTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.installEcho()
    // Runs that wait outlast any patience, so a stop need not have much.
    try folder.write("stop_seconds = 8\n", to: "doublet.toml")
  }

  private func start(_ arguments: [String] = []) async throws -> SpawnedDaemon {
    let daemon = try SpawnedDaemon(
      ["--plugins", folder("plugins"), "--config", folder("doublet.toml")] + arguments, in: folder)
    try await daemon.ready()
    return daemon
  }

  @Test func answersAnAnalysisFromACommandLine() async throws {
    let daemon = try await start()
    let client = try SocketClient(daemon.socket)
    try await client.send("echo count=15/30\n")
    client.finishSending()
    let answers = try await client.rest().map { try JSONValue(parsing: $0) }
    #expect(answers.count == 1)
    #expect(answers.first?["id"] == .null)
    #expect(answers.first?["result"]?["analysis"] == "echo")
    daemon.signal(SIGTERM)
    #expect(try await daemon.end() == 0)
  }

  @Test func cancelsRunsThatOutlastSIGTERMAndAnswersThem() async throws {
    let daemon = try await start()
    let client = try SocketClient(daemon.socket)
    try await client.post(
      "command", id: 1, ["line": "echo mode=wait", "progress": true])
    let progress = try #require(try await client.answer())
    #expect(progress["method"] == "progress")
    #expect(progress["params"]?["fraction"] == 0.25)
    #expect(progress["params"]?["message"] == "waiting")
    let run = try #require(progress["params"]?["run"]?.string)
    daemon.signal(SIGTERM)
    let answer = try await client.answer()
    #expect(answer?["id"] == 1)
    #expect(answer?["error"] != nil)
    #expect(try await client.line() == nil)
    #expect(try await daemon.end() == 0)
    #expect(try folder.size(of: "data/doublet.sqlite-wal") == 0, "the log was not emptied")

    let next = try await start()
    let state = try await SocketClient(next.socket).request("run.get", ["run": .string(run)])
    #expect(state?["result"]?["state"]?.string != "running")
    #expect(state?["result"]?["state"]?.string != nil)
    next.signal(SIGTERM)
    #expect(try await next.end() == 0)
  }

  @Test func aSubmittedRunKeepsTheDaemonFromLeavingThoughNobodyIsThere() async throws {
    // A socket that was there before the daemon, so that it is idle for no moment too early.
    let path = folder("early.sock")
    let descriptor = SocketAddress.socket(SOCK_STREAM)
    defer { close(descriptor) }
    #expect(try SocketAddress(path: path).bind(descriptor))
    #expect(listen(descriptor, 16) == 0)
    let client = try SocketClient(path)
    let daemon = try SpawnedDaemon(
      [
        "--plugins", folder("plugins"), "--data", folder("data"), "--idle-exit", "0.2",
        "--config", folder("doublet.toml"),
        "--log-level", "debug",
      ], in: folder, usual: false, passing: descriptor)
    let submitted = try await client.request("run.submit", ["line": "echo mode=wait"])
    let run = try #require(submitted?["result"]?["run"])
    client.leave()
    // It asks whether it may leave, finds the run, and says so in its log.
    try await daemon.logs("a run goes on")
    let other = try SocketClient(path)
    #expect(try await other.request("run.cancel", ["run": run])?["result"] == ["cancelled": true])
    other.leave()
    #expect(try await daemon.end() == 0)
  }

  @Test func aClientThatIsGoneHasItsRunCancelled() async throws {
    let daemon = try await start()
    let client = try SocketClient(daemon.socket)
    try await client.post("command", id: 1, ["line": "echo mode=wait", "progress": true])
    let run = try #require(try await client.answer()?["params"]?["run"])
    client.leave()
    let other = try SocketClient(daemon.socket)
    let state = try await other.request("run.wait", ["run": run, "timeoutSeconds": 20])
    #expect(state?["result"]?["state"] == "cancelled")
    daemon.signal(SIGTERM)
    #expect(try await daemon.end() == 0)
  }
}
