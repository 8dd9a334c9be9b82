import Synchronization

/// A thing that happens once, and that any number of tasks may wait for.
final class Gate: Sendable {
  enum Passage: Sendable, Hashable {
    case opened, timedOut, cancelled
  }

  private struct State {
    var isOpen = false
    var lastTicket = 0
    var waiting: [Int: CheckedContinuation<Passage, Never>] = [:]
    /// Those that gave up before they began to wait.
    var early: [Int: Passage] = [:]
  }

  private let state = Mutex(State())

  var isOpen: Bool { state.withLock(\.isOpen) }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [:] }
      return state.waiting.values
    }
    for continuation in waiting { continuation.resume(returning: .opened) }
  }

  /// Waits until the gate is open, the time is over or the task is cancelled.
  func wait(for timeout: Duration? = nil) async -> Passage {
    let ticket = state.withLock { state in
      state.lastTicket += 1
      return state.lastTicket
    }
    let timer = timeout.map { timeout in
      Task { @concurrent in
        try await Task.sleep(for: timeout)
        leave(ticket, .timedOut)
      }
    }
    defer {
      timer?.cancel()
      state.withLock { _ = $0.early.removeValue(forKey: ticket) }
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { enter(ticket, $0) }
    } onCancel: {
      leave(ticket, .cancelled)
    }
  }

  private func enter(_ ticket: Int, _ continuation: CheckedContinuation<Passage, Never>) {
    let passage: Passage? = state.withLock { state in
      if state.isOpen { return .opened }
      if let passage = state.early[ticket] { return passage }
      state.waiting[ticket] = continuation
      return nil
    }
    if let passage { continuation.resume(returning: passage) }
  }

  private func leave(_ ticket: Int, _ passage: Passage) {
    let continuation = state.withLock { state -> CheckedContinuation<Passage, Never>? in
      if let continuation = state.waiting.removeValue(forKey: ticket) { return continuation }
      if !state.isOpen { state.early[ticket] = passage }
      return nil
    }
    continuation?.resume(returning: passage)
  }
}
