import PluginProtocol
import Synchronization

extension PluginPool {
  /// Takes no more jobs; its processes end as they become free.
  func retire() {
    let idle = state.withLock { state in
      state.isRetired = true
      defer { state.idle = [] }
      return state.idle
    }
    for process in idle { process.stop() }
  }

  /// Whether the last process has ended.
  var isGone: Bool { state.withLock { $0.active.isEmpty && $0.leaving.isEmpty } }

  /// Lifts a hold.
  func pardon() { state.withLock { $0.health.pardon() } }

  /// Gives every job up and returns when the last process is gone.
  func shutDown() async {
    retire()
    let (waiting, processes) = state.withLock { state in
      defer { state.waiting = [] }
      return (state.waiting, Array(state.active.values) + Array(state.leaving.values))
    }
    for job in waiting { job.giveUp(.shuttingDown) }
    for process in processes { process.shutDown() }
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isGone = state.withLock { state in
        guard !state.active.isEmpty || !state.leaving.isEmpty else { return true }
        state.whenGone.append(continuation)
        return false
      }
      if isGone { continuation.resume() }
    }
  }

  var status: PluginStatus {
    let (status, processes) = state.withLock { state in
      let processes = Array(state.active.values) + Array(state.leaving.values)
      let busy = state.active.count - state.idle.count
      return (
        PluginStatus(
          id: plugin.id, version: plugin.manifest.version, folder: plugin.folder,
          state: heldBackState(state)
            ?? (busy > 0
              ? .running(busy) : state.idle.isEmpty ? .stopped : .warm(state.idle.count)),
          waiting: state.waiting.count, lastFailure: state.health.lastFailure,
          restarts: state.health.restarts, processes: [], peakMemory: state.peakMemory), processes
      )
    }
    return status.completed(with: processes.compactMap(\.processID))
  }

  private func heldBackState(_ state: borrowing State) -> PluginStatus.State? {
    state.health.hold(at: OperatingSystem.nanoseconds).map { hold in
      .heldBack(remaining: hold.remaining, reason: hold.reason)
    }
  }
}
