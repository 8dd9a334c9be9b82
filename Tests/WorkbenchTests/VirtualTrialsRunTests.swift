import ClientProtocol
import Foundation
import Glibc
import JSON
import Logging
import PluginHost
import PluginProtocol
import Store
import Synchronization
import Testing

@testable import Workbench

/// Virtual trials over real processes, as they come with the workbench.
@Suite(.timeLimit(.minutes(5)))
struct VirtualTrialsRunTests {
  private static let line =
    "virtual-trials docetaxel-lung patients=10 control-patients=10 replicates=700"
    + " calibration-patients=500 seed=7 fresh=yes"

  /// A session over so many processes of each of the plugins that come with the workbench.
  private func with(
    processes: Int, _ body: (any RequestHandler, PluginHost) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    var settings = PluginHostSettings()
    settings.temporaryFolder = folder.path
    settings.processesPerPlugin = processes
    let log = Logger(label: "test")
    let host = PluginHost(settings: settings, folders: [Bench.repository + "/Plugins"], log: log)
    await host.reload()
    let store = try Store(folder: folder.path + "/data", daemon: Caller(uid: 1, user: "doubletd"))
    let workbench = Workbench(
      host: host, store: store, dataFolder: folder.path + "/data", log: log)
    do {
      try await body(workbench.makeSession(Bench.peer), host)
    } catch {
      await host.shutdown()
      try store.close()
      throw error
    }
    await host.shutdown()
    try store.close()
  }

  private func processes(_ host: PluginHost) -> [Int32] {
    host.status().first { $0.id == "combination" }?.processes ?? []
  }

  @Test func `1, 2 and 7 processes give the same bits, and so does one that is killed`()
    async throws
  {
    let documents = Mutex<[JSONValue]>([])
    for count in [1, 2, 7] {
      try await with(processes: count) { session, _ in
        let document = try await session.say(Self.line)
        documents.withLock { $0.append(document) }
      }
    }
    try await with(processes: 2) { session, host in
      let hasKilled = Atomic(false)
      let document = try await session.ask(.command, ["line": .string(Self.line)]) { progress, _ in
        guard progress.message == "simulating trials", progress.fraction < 1,
          let process = processes(host).first,
          !hasKilled.exchange(true, ordering: .relaxed)
        else { return }
        kill(process, SIGKILL)
      }
      let killed = hasKilled.load(ordering: .relaxed)
      #expect(killed)
      #expect(host.status().first { $0.id == "combination" }?.restarts == 1)
      documents.withLock { $0.append(document) }
    }
    let answers = documents.withLock(\.self)
    #expect(answers.count == 4)
    for answer in answers {
      for member in ["estimates", "tables", "notes", "methods"] {
        #expect(answer[member] == answers[0][member], "\(member)")
      }
    }
  }

  /// The first process is killed, and then the one that takes its place.
  @Test func `a shard that is killed twice is reported with its replicates`() async throws {
    try await with(processes: 2) { session, host in
      let first = Mutex<[Int32]>([])
      let line = Self.line.replacing("replicates=700", with: "replicates=700000")
      let failure = await #expect(throws: CommandFailure.self) {
        try await session.ask(.command, ["line": .string(line)]) { progress, _ in
          guard progress.message == "simulating trials" else { return }
          let now = processes(host)
          let victim = first.withLock { first -> Int32? in
            guard first.isEmpty else { return now.first { !first.contains($0) } }
            // Before both are there, a new one is not yet a replacement.
            guard now.count == 2 else { return nil }
            first = now
            return now.first
          }
          if let victim { kill(victim, SIGKILL) }
        }
      }
      let message = failure?.message ?? ""
      #expect(
        message.contains("was killed by SIGKILL during a run, twice, computing replicates "),
        "\(message)")
    }
  }
}
