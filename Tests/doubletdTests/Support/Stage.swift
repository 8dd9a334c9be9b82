import ClientProtocol
import JSON
import PluginProtocol
import Synchronization

/// What happens behind a server under test, and the test's hand on it.
///
/// Commands: `echo TEXT`, `huge BYTES`, `wait NAME` (until ``open(_:)`` or cancelled) and
/// `progress NAME COUNT` (reports, then waits).
final class Stage: Sendable {
  enum Event: Hashable, Sendable {
    case started(String)
    case cancelled(String)
    case closed
  }

  private struct State {
    var opened: Set<String> = []
    var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]
    var seen: [Event] = []
    var watchers: [Watcher] = []
  }

  private struct Watcher {
    let event: Event
    let count: Int
    let continuation: CheckedContinuation<Void, Never>

    func isDone(_ seen: [Event]) -> Bool { seen.count(where: { $0 == event }) >= count }
  }

  private let state = Mutex(State())

  /// Lets every `wait NAME`, present and future, be answered.
  func open(_ name: String) {
    let waiting = state.withLock { state in
      state.opened.insert(name)
      return state.waiting.removeValue(forKey: name) ?? []
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Returns once `event` has happened `count` times.
  func saw(_ event: Event, times count: Int = 1) async {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        if state.seen.count(where: { $0 == event }) >= count { return true }
        state.watchers.append(
          Watcher(event: event, count: count, continuation: continuation))
        return false
      }
      if isDone { continuation.resume() }
    }
  }

  var events: [Event] { state.withLock { $0.seen } }

  func note(_ event: Event) {
    let ready = state.withLock { state in
      state.seen.append(event)
      let seen = state.seen
      let ready = state.watchers.filter { $0.isDone(seen) }.map(\.continuation)
      state.watchers.removeAll { $0.isDone(seen) }
      return ready
    }
    for continuation in ready { continuation.resume() }
  }

  /// Waits for ``open(_:)``; false when the task was cancelled first.
  fileprivate func wait(_ name: String) async -> Bool {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOpen = state.withLock { state in
          if state.opened.contains(name) || Task.isCancelled { return true }
          state.waiting[name, default: []].append(continuation)
          return false
        }
        if isOpen { continuation.resume() }
      }
    } onCancel: {
      let waiting = state.withLock { $0.waiting.removeValue(forKey: name) ?? [] }
      for continuation in waiting { continuation.resume() }
    }
    return !Task.isCancelled
  }
}

/// Answers the requests of one connection as the stage has it.
struct StageHandler: RequestHandler {
  let stage: Stage
  let peer: Peer

  func answer(_ request: ClientRequest, progress: ProgressReport?) async -> ClientAnswer {
    let words = (request.parameters["line"]?.string ?? "").split(separator: " ").map(String.init)
    switch words.first {
    case "echo": return .success(JSONValue.string(words.dropFirst().joined(separator: " ")).bytes)
    case "huge":
      let count = words.count > 1 ? Int(words[1]) ?? 0 : 0
      return .success([0x22] + [UInt8](repeating: 0x78, count: count) + [0x22])
    case "wait": return await wait(words[1])
    case "progress":
      for step in 1...(Int(words[2]) ?? 1) {
        progress?(RunProgress(fraction: Double(step) / 100_000, message: "step \(step)"), "17")
      }
      return await wait(words[1])
    default: return .failure(CommandFailure(.unknownCommand, "no \(words.first ?? "command")"))
    }
  }

  func connectionClosed() async { stage.note(.closed) }

  private func wait(_ name: String) async -> ClientAnswer {
    stage.note(.started(name))
    if await stage.wait(name) { return .success(JSONValue.string(name).bytes) }
    stage.note(.cancelled(name))
    return .failure(CommandFailure(.cancelled, "cancelled"))
  }
}
