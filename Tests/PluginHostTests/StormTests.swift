import CLinux
import Foundation
import Glibc
import JSON
import PluginHost
import PluginProtocol
import Synchronization
import Testing

/// Kills at random moments under load.
@Suite(.serialized) struct StormTests {
  private final class Storm: Sendable {
    let isOver = Atomic(false)
    let answers = Atomic(0)
  }

  /// What must not grow: descriptors of processes, pipes with nobody at their other end, and
  /// threads that watch a plugin.
  ///
  /// Other tests of the process have pipes, too, but to plugins that live.
  private struct Footprint {
    var pipes = 0
    var processDescriptors = 0
    var threads = 0

    init() {
      let files = FileManager.default
      for name in (try? files.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
        let target = (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")) ?? ""
        if target.hasPrefix("pipe:"), Int32(name).map(Self.isForsaken) == true { pipes += 1 }
        if target == "anon_inode:[pidfd]" { processDescriptors += 1 }
      }
      for name in (try? files.contentsOfDirectory(atPath: "/proc/self/task")) ?? [] {
        let called = try? String(contentsOfFile: "/proc/self/task/\(name)/comm", encoding: .utf8)
        if called == "plugin\n" { threads += 1 }
      }
    }

    /// Whether nobody holds the other end of a pipe any more.
    private static func isForsaken(_ descriptor: Int32) -> Bool {
      var end = pollfd(fd: descriptor, events: 0, revents: 0)
      return unsafe poll(&end, 1, 0) == 1 && end.revents & Int16(POLLHUP | POLLERR) != 0
    }
  }

  @Test("A hundred kills: each struck run has one error that names the signal, the rest answers")
  func kills() async throws {
    let before = Footprint()
    let test = try await TestHost.wellBehaved { settings in
      settings.processesPerPlugin = 4
      settings.deathsBeforeHold = 1000
    }
    let storm = Storm()
    let outcomes = await withTaskGroup(of: [PluginFailure?].self) { group in
      for _ in 0..<8 {
        group.addTask {
          var outcomes: [PluginFailure?] = []
          while !storm.isOver.load(ordering: .relaxed) {
            do throws(PluginFailure) {
              _ = try await test.host.run(
                RunRequest(analysis: "bulk", parameters: ["rows": 50]), plugin: "well-behaved")
              outcomes.append(nil)
              storm.answers.add(1, ordering: .relaxed)
            } catch {
              outcomes.append(error)
            }
          }
          return outcomes
        }
      }
      group.addTask {
        var kills = 0
        while kills < 100 {
          let due = storm.answers.load(ordering: .relaxed) + Int.random(in: 0..<10)
          while storm.answers.load(ordering: .relaxed) < due { await Task.yield() }
          let processes = test.status("well-behaved")?.processes ?? []
          // Between the look and the kill the process is at worst a zombie that the host has yet
          // to reap: nobody else in this test starts processes that could take over its id.
          guard let process = processes.randomElement(), kill(process, SIGKILL) == 0 else {
            continue
          }
          #expect(ends(process))
          kills += 1
        }
        storm.isOver.store(true, ordering: .relaxed)
        return []
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    for case let failure? in outcomes {
      guard case .died(let death) = failure else {
        Issue.record("\(failure)")
        continue
      }
      #expect(death.exit == .signal("SIGKILL"))
    }
    let failures = outcomes.count { $0 != nil }
    print("storm: \(outcomes.count) runs, \(failures) struck")
    #expect(failures <= 100)
    #expect(outcomes.count - failures > 100)
    await test.host.shutdown()
    #expect(test.workFolders == [])
    #expect(test.status("well-behaved")?.processes == [])
    // Other tests start plugins, too, but not a hundred.
    await eventually("no descriptor of a process is left") {
      Footprint().processDescriptors < before.processDescriptors + 20
    }
    await eventually("no pipe to a process that is gone is left") {
      Footprint().pipes < before.pipes + 20
    }
    await eventually("no thread is left") { Footprint().threads < before.threads + 20 }
  }

  @Test("Runs cancelled at random moments are each answered once")
  func cancels() async throws {
    let test = try await TestHost.wellBehaved { settings in
      settings.processesPerPlugin = 2
      // A run that is not told of its cancel shows as one that passed its deadline.
      settings.runLimit = .seconds(10)
      settings.cancelGrace = .seconds(30)
    }
    let answered = await withTaskGroup(of: Bool.self) { group in
      for index in 0..<300 {
        group.addTask {
          let analysis = index % 3 == 0 ? "steps" : "wait"
          let run = Task { try await test.run("well-behaved", analysis: analysis) }
          for _ in 0..<(index % 40) { await Task.yield() }
          run.cancel()
          switch await run.result {
          case .success: return true
          case .failure(let error):
            #expect(error as? PluginFailure == .cancelled)
            return false
          }
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    print("cancels: \(answered) of 300 answered before")
    await eventually("no process is at work") {
      if case .running = test.status("well-behaved")?.state { false } else { true }
    }
    _ = try await test.run("well-behaved", analysis: "steps")
    #expect(test.status("well-behaved")?.restarts == 0)
    await test.host.shutdown()
  }
}
