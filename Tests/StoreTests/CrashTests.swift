import Foundation
import Glibc
import Testing

@testable import Store

/// What a process killed while it writes leaves behind.
struct CrashTests {
  /// The child writes the number of every run it was told is kept, and the killing comes at a
  /// different commit each time, with others waiting in line.
  @Test(arguments: [1, 7, 40, 150])
  func keepsEveryRunItAcknowledged(killedAfter: Int) async throws {
    let folder = try TemporaryFolder()
    let acknowledged = folder.path + "/acknowledged"
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [data = folder.data as String, acknowledged = acknowledged as String, killedAfter] in
      let store = try Store(folder: data, daemon: .daemon)
      let log = unsafe open(acknowledged, O_CREAT | O_WRONLY | O_APPEND, 0o600)
      try await withThrowingTaskGroup { group in
        for caller in 0..<8 {
          group.addTask {
            while true {
              let id = try await store.open(.make(command: "\(caller)"))
              write(log, "open", id)
              try await store.close(id, .done(result: "\(id)"), seconds: 1, by: .ada)
              write(log, "done", id)
              if id.number >= killedAfter { kill(getpid(), SIGKILL) }
            }
          }
        }
        try await group.waitForAll()
      }
    }

    let store = try Store.make(in: folder)
    let lines = try String(contentsOfFile: acknowledged, encoding: .utf8).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("done") } >= killedAfter / 2)
    for line in lines {
      let words = line.split(separator: " ")
      let id = try #require(RunID(String(words[1])))
      let run = try #require(try store.run(id))
      if words[0] == "done" { #expect(run.state == .done && run.result == String(words[1])) }
    }
    let counts = try store.runCounts()
    #expect(counts[.running] == nil && counts[.queued] == nil)
    #expect(counts[.interrupted, default: 0] == store.interruptedRuns)
    #expect(store.interruptedRuns <= 8)
    #expect(try await store.verifyAudit().isIntact)
  }
}

/// One line in one system call, so that none is half-written.
private func write(_ log: CInt, _ word: String, _ id: RunID) {
  var line = Array("\(word) \(id)\n".utf8)
  let count = line.count
  _ = unsafe Glibc.write(log, &line, count)
}
