import Synchronization

/// A number of places for tasks, given in the order they were asked for.
final class RunSlots: Sendable {
  private struct State {
    var free: Int
    var lastTicket = 0
    var line: [(ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    /// Those that gave up before they stood in line.
    var early: Set<Int> = []
  }

  private let state: Mutex<State>

  init(_ count: Int) { state = Mutex(State(free: max(count, 1))) }

  var waiting: Int { state.withLock(\.line.count) }

  /// Waits for a place; false, and no place, when the task is cancelled first.
  func take() async -> Bool {
    let ticket = state.withLock { state in
      state.lastTicket += 1
      return state.lastTicket
    }
    defer { state.withLock { _ = $0.early.remove(ticket) } }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { enter(ticket, $0) }
    } onCancel: {
      leave(ticket)
    }
  }

  func giveBack() {
    let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      guard !state.line.isEmpty else {
        state.free += 1
        return nil
      }
      return state.line.removeFirst().continuation
    }
    next?.resume(returning: true)
  }

  /// Does the work in a place of its own; nil when cancelled before there was one.
  func with<Value>(_ work: () async throws -> Value) async rethrows -> Value? {
    guard await take() else { return nil }
    defer { giveBack() }
    return try await work()
  }

  private func enter(_ ticket: Int, _ continuation: CheckedContinuation<Bool, Never>) {
    let isGiven: Bool? = state.withLock { state in
      if state.early.contains(ticket) { return false }
      if state.free > 0 {
        state.free -= 1
        return true
      }
      state.line.append((ticket, continuation))
      return nil
    }
    if let isGiven { continuation.resume(returning: isGiven) }
  }

  private func leave(_ ticket: Int) {
    let continuation = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      if let index = state.line.firstIndex(where: { $0.ticket == ticket }) {
        return state.line.remove(at: index).continuation
      }
      state.early.insert(ticket)
      return nil
    }
    continuation?.resume(returning: false)
  }
}
