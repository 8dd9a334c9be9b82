import Foundation
import JSON
import Testing

@testable import doubletd

@Suite(.timeLimit(.minutes(2)))
struct DaemonProcessTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func servesAndLeavesNothingBehindAfterSIGTERM() async throws {
    let daemon = try SpawnedDaemon(in: folder)
    try await daemon.ready()
    #expect(try folder.permissions(of: "run") == 0o700)
    #expect(try folder.permissions(of: "data") == 0o700)
    #expect(try folder.permissions(of: "run/s.sock") == 0o600)
    let client = try SocketClient(daemon.socket)
    #expect(try await client.request("ping")?["result"] == "pong")
    let facts = try await client.request("daemon.info")?["result"]
    #expect(facts?["pid"]?.integer == Int64(daemon.pid))
    #expect(facts?["data"]?.string == daemon.data)
    daemon.signal(SIGTERM)
    try await daemon.hears("STOPPING=1")
    #expect(try await client.rest() == [])
    #expect(try await daemon.end() == 0)
    #expect(!folder.holds("run/s.sock"))
    #expect(try folder.contents(of: "log").contains(" info doubletd: stopped\n"))
    // The locks are free again.
    let next = try SpawnedDaemon(in: folder)
    try await next.ready()
    next.signal(SIGINT)
    #expect(try await next.end() == 0)
  }

  @Test func refusesASecondOwnerInOneLineAndLeavesTheFirstAlone() async throws {
    let first = try SpawnedDaemon(in: folder)
    try await first.ready()
    let sameSocket = try SpawnedDaemon(["--data", folder("other")], in: folder, log: "log2")
    #expect(try await sameSocket.end() == 1)
    #expect(
      try folder.contents(of: "log2")
        == "doubletd: another doubletd (pid \(first.pid)) is using the socket \(first.socket)\n")
    let sameData = try SpawnedDaemon(["--socket", folder("t.sock")], in: folder, log: "log3")
    #expect(try await sameData.end() == 1)
    #expect(
      try folder.contents(of: "log3")
        == "doubletd: another doubletd (pid \(first.pid)) is using the data folder \(first.data)\n")
    #expect(!folder.holds("t.sock"))
    #expect(try await SocketClient(first.socket).request("ping")?["result"] == "pong")
    first.signal(SIGTERM)
    #expect(try await first.end() == 0)
  }

  @Test func takesOverTheSocketOfADaemonThatWasKilled() async throws {
    let killed = try SpawnedDaemon(in: folder)
    try await killed.ready()
    killed.signal(SIGKILL)
    #expect(try await killed.end() == -SIGKILL)
    #expect(folder.holds("run/s.sock"))
    let next = try SpawnedDaemon(in: folder)
    try await next.ready()
    #expect(try await SocketClient(next.socket).request("ping")?["result"] == "pong")
    next.signal(SIGTERM)
    #expect(try await next.end() == 0)
  }

  @Test func endsAtOnceOnASecondSIGTERM() async throws {
    try folder.write("stop_seconds = 1000\n", to: "doublet.toml")
    let daemon = try SpawnedDaemon(["--config", folder("doublet.toml")], in: folder)
    try await daemon.ready()
    // A client that never reads a large answer keeps the first SIGTERM waiting.
    let deaf = try SocketClient(daemon.socket)
    let infos = String(
      repeating: "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"daemon.info\"}\n", count: 2000)
    try await deaf.send(infos)
    #expect(try await deaf.line() != nil)
    daemon.signal(SIGTERM)
    try await daemon.hears("STOPPING=1")
    #expect(kill(daemon.pid, 0) == 0)
    daemon.signal(SIGTERM)
    #expect(try await daemon.end() == 0)
    #expect(!folder.holds("run/s.sock"))
    #expect(try folder.contents(of: "log").contains("told to stop a second time"))
  }

  @Test func endsWhenNobodyHasComeForAWhile() async throws {
    let daemon = try SpawnedDaemon(["--idle-exit", "0.2"], in: folder)
    try await daemon.ready()
    #expect(try await daemon.end() == 0)
    #expect(try folder.contents(of: "log").contains("info doubletd: idle seconds=0.2"))
    #expect(!folder.holds("run/s.sock"))
  }

  @Test func readsSettingsAgainOnSIGHUPAndKeepsTheOldOnesWhenTheyAreWrong() async throws {
    try folder.write("[limits]\nconnections = 1\n", to: "doublet.toml")
    let daemon = try SpawnedDaemon(["--config", folder("doublet.toml")], in: folder)
    try await daemon.ready()
    let first = try SocketClient(daemon.socket)
    #expect(try await first.request("ping")?["result"] == "pong")
    #expect(
      try await SocketClient(daemon.socket).answer()?["error"]?["message"]
        == "1 connections are open already")

    try folder.write("[limits]\nconnections = \"many\"\nlime = 3\n", to: "doublet.toml")
    daemon.signal(SIGHUP)
    try await daemon.hears("RELOADING=1\nMONOTONIC_USEC=")
    try await daemon.ready()
    let log = try folder.contents(of: "log")
    #expect(log.contains("error doubletd: kept the old settings"))
    #expect(log.contains("doublet.toml:2: limits.connections must be a whole number"))
    #expect(
      log.contains("doublet.toml:3: there is no setting limits.lime; did you mean limits.line?"))
    #expect(
      try await SocketClient(daemon.socket).answer()?["error"]?["data"]?["kind"]
        == "limit.exceeded")

    try folder.write("[limits]\nconnections = 2\n", to: "doublet.toml")
    daemon.signal(SIGHUP)
    try await daemon.hears("RELOADING=1")
    try await daemon.ready()
    #expect(try await SocketClient(daemon.socket).request("ping")?["result"] == "pong")
    daemon.signal(SIGTERM)
    #expect(try await daemon.end() == 0)
  }

  @Test func servesASocketHandedOverBySystemdAndLeavesItThere() async throws {
    let path = folder("handed.sock")
    let descriptor = SocketAddress.socket(SOCK_STREAM)
    #expect(try SocketAddress(path: path).bind(descriptor))
    #expect(listen(descriptor, 16) == 0)
    // It is waiting before there is a daemon.
    let early = try SocketClient(path)
    try await early.send("ping\n")
    let daemon = try SpawnedDaemon(
      ["--data", folder("data")], in: folder, environment: ["WATCHDOG_USEC=200000"], usual: false,
      passing: descriptor)
    #expect(try await early.answer()?["result"] == "pong")
    let facts = try await early.request("daemon.info")?["result"]
    #expect(facts?["socket"]?.string == path)
    try await daemon.hears("WATCHDOG=1")
    try await daemon.hears("WATCHDOG=1")
    daemon.signal(SIGTERM)
    #expect(try await daemon.end() == 0)
    #expect(folder.holds("handed.sock"))
    close(descriptor)
  }

  @Test func refusesToServeWhatIsNoListeningSocket() async throws {
    let descriptor = SocketAddress.socket(SOCK_STREAM)
    let daemon = try SpawnedDaemon(in: folder, passing: descriptor)
    #expect(try await daemon.end() == 1)
    #expect(
      try folder.contents(of: "log")
        == "doubletd: the socket systemd handed over cannot be used: it does not listen\n")
    close(descriptor)
  }

  @Test(arguments: [
    (
      ["--data", "/proc/nothing/here"],
      "doubletd: the data folder /proc/nothing/here cannot be used: No such file or directory\n"
    ),
    (
      ["--config", "/nonexistent/d.toml"],
      "doubletd: /nonexistent/d.toml: cannot be read: No such file or directory\n"
    ),
    (
      ["--socket", "/" + String(repeating: "x", count: 120)],
      "doubletd: the socket path /\(String(repeating: "x", count: 120)) is 121 bytes long and Linux allows 107; choose a shorter one with --socket\n"
    ),
    (
      ["--socket", "/dev/null"],
      "doubletd: /dev/null is there already and is no socket; it was left alone\n"
    ),
  ])
  func saysInOneLineWhyItDoesNotStart(
    arguments: [String], sentence: String
  ) async throws {
    let daemon = try SpawnedDaemon(arguments, in: folder)
    #expect(try await daemon.end() == 1)
    #expect(try folder.contents(of: "log") == sentence)
  }

  @Test(arguments: [
    ["--sokket", "x"], ["--idle-exit", "-3"], ["--log-level", "loud"], ["extra"],
  ])
  func exitsWithTwoWhenItIsCalledWrongly(arguments: [String]) async throws {
    let daemon = try SpawnedDaemon(arguments, in: folder)
    #expect(try await daemon.end() == 2)
    #expect(try folder.contents(of: "log").hasPrefix("Error: "))
    #expect(!folder.holds("data"))
  }
}
