import Foundation
import Testing

@testable import doublet

/// A client with a program called doubletd beside it.
struct DaemonStarterTests {
  private let daemon: FakeDaemon

  init() throws { daemon = try FakeDaemon() }

  private func run(
    doubletd script: String?, onPath: Bool = false
  ) throws -> ClientProcess.Finished {
    let folder = daemon.home + "/bin"
    let other = daemon.home + "/other"
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try files.createDirectory(atPath: other, withIntermediateDirectories: true)
    try files.copyItem(atPath: ClientProcess.executable, toPath: folder + "/doublet")
    if let script {
      let path = (onPath ? other : folder) + "/doubletd"
      try ("#!/bin/sh\n" + script).write(toFile: path, atomically: true, encoding: .utf8)
      try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    return try ClientProcess.run(
      ["-c", "echo started"], executable: folder + "/doublet",
      environment: ClientProcess.environment(
        home: daemon.home, ["PATH": other + ":/usr/bin:/bin"]))
  }

  /// Makes the fake daemon's socket the default one, and says how it was called.
  private static let listening = """
    echo "$@" > "$HOME/arguments"
    test "$(cut -d' ' -f6 /proc/$$/stat)" = $$ && echo leads > "$HOME/session"
    mkdir -p "$HOME/.doublet" && ln -s ../s "$HOME/.doublet/doublet.sock"

    """

  @Test("starts a daemon of its own session", arguments: [false, true])
  func starts(onPath: Bool) throws {
    defer { daemon.stop() }
    let finished = try run(doubletd: Self.listening, onPath: onPath)
    #expect(finished == .init(status: 0, output: "echo started\n", error: ""))
    #expect(
      try String(contentsOfFile: daemon.home + "/arguments", encoding: .utf8)
        == "--idle-exit 900\n")
    #expect(
      try String(contentsOfFile: daemon.home + "/session", encoding: .utf8) == "leads\n")
  }

  @Test func showsTheLogOfADaemonThatDied() throws {
    defer { daemon.stop() }
    let data = daemon.home + "/.local/share/doublet"
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    try "an older line\n".write(
      toFile: data + "/doubletd.log", atomically: true, encoding: .utf8)
    let finished = try run(doubletd: "echo 'doublet.toml:3: no such key' >&2; exit 1\n")
    #expect(
      finished
        == .init(
          status: 3, output: "",
          error: """
            error: \(daemon.home)/bin/doubletd ended at once; its log \(data)/doubletd.log says:
                doublet.toml:3: no such key

            """))
  }

  @Test func saysWhereItLooked() throws {
    defer { daemon.stop() }
    #expect(
      try run(doubletd: nil)
        == .init(
          status: 3, output: "",
          error: "error: doubletd is neither in \(daemon.home)/bin nor on the PATH\n"))
  }
}
