import Foundation
import Glibc
import JSON
import PluginProtocol
import Testing

@testable import PluginHost

/// What is said to be in force is in force.
@Suite(.serialized) struct SandboxTests {
  private func reach(
    _ path: String, _ change: (inout PluginHostSettings) -> Void = { _ in }
  ) async throws -> (JSONObjectBox, Sandbox) {
    let test = try await TestHost.wellBehaved(change)
    let request = RunRequest(analysis: "reach", parameters: ["path": .string(path)])
    let answer = try await test.host.run(request, plugin: "well-behaved")
    await test.host.shutdown()
    let document = try ResultDocument(json: JSONValue(parsing: answer.result))
    return (document.parameters, test.host.sandbox)
  }

  private static func makePath() -> String {
    NSTemporaryDirectory() + "/doublet-reach-\(UUID().uuidString)"
  }

  @Test("a plugin writes in its own folder and nowhere else, and calls no port")
  func confined() async throws {
    let path = Self.makePath()
    defer { unsafe _ = unlink(path) }
    let (found, sandbox) = try await reach(path)
    guard sandbox.isInForce else {
      print("skipped: \(sandbox.sentence)")
      return
    }
    #expect(found["there"] == .integer(Int64(EACCES)))
    #expect(found["here"] == 0)
    #expect(!FileManager.default.fileExists(atPath: path))
    if sandbox.version >= 4 { #expect(found["port"] == .integer(Int64(EACCES))) }
    // The host's own thread is not in the sandbox.
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
  }

  @Test("without a sandbox it writes where its user may")
  func free() async throws {
    let path = Self.makePath()
    defer { unsafe _ = unlink(path) }
    let (found, sandbox) = try await reach(path) { $0.isSandboxed = false }
    #expect(found["there"] == 0 && found["here"] == 0)
    #expect(found["port"] == .integer(Int64(ECONNREFUSED)))
    #expect(sandbox.sentence == "plugins are not sandboxed: the settings say so")
  }

  @Test(
    "the sentence claims no more than the kernel's version keeps",
    arguments: [
      (0, "plugins are not sandboxed: this kernel offers no Landlock"),
      (
        2,
        "plugins write only in their own working folder and /dev/shm, and read what doubletd may "
          + "read; the network is open to them (Landlock version 2)"
      ),
      (
        4,
        "plugins write only in their own working folder and /dev/shm, and read what doubletd may "
          + "read; no TCP is theirs, UDP and named Unix sockets are (Landlock version 4)"
      ),
      (
        7,
        "plugins write only in their own working folder and /dev/shm, and read what doubletd may "
          + "read; no TCP is theirs, UDP and named Unix sockets are; they signal none but their own "
          + "processes (Landlock version 7)"
      ),
    ])
  func sentence(version: Int, sentence: String) {
    #expect(Sandbox(PluginHostSettings(), version: version).sentence == sentence)
  }
}
