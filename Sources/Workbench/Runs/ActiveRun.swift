import ClientProtocol
import PluginProtocol
import Store
import Synchronization

/// A run that is recorded and has not ended.
final class ActiveRun: Sendable {
  /// Why a run is made to end before its plugin answers.
  enum Ending: Sendable, Hashable {
    case cancelled
    /// The daemon stops.
    case interrupted
  }

  private struct State {
    var task: Task<ClientAnswer, Never>?
    var ending: Ending?
    var progress: RunProgress?
    var lastListener = 0
    var listeners: [Int: ProgressReport] = [:]
    var isQueued: Bool
  }

  let id: RunID
  /// Who may cancel it.
  let uid: UInt32
  /// Opens once the run is closed in the store, or could not be.
  let ended = Gate()
  private let state: Mutex<State>

  init(_ id: RunID, uid: UInt32, isQueued: Bool) {
    self.id = id
    self.uid = uid
    state = Mutex(State(isQueued: isQueued))
  }

  /// Starts the work in a task of its own, which only ``end(_:)`` cancels.
  func begin(_ work: @escaping @Sendable () async -> ClientAnswer) {
    let task = Task { @concurrent in
      let answer = await work()
      ended.open()
      return answer
    }
    let isEnding = state.withLock { state in
      state.task = task
      return state.ending != nil
    }
    if isEnding { task.cancel() }
  }

  /// What the run comes to; a waiting task that is cancelled cancels the run.
  func answer() async -> ClientAnswer {
    await withTaskCancellationHandler {
      guard let task = state.withLock(\.task) else {
        return .failure(CommandFailure(.internal, "run \(id) was never begun"))
      }
      return await task.value
    } onCancel: {
      end(.cancelled)
    }
  }

  /// Asks the run to end; the first reason counts.
  func end(_ ending: Ending) {
    let task = state.withLock { state in
      if state.ending == nil { state.ending = ending }
      return state.task
    }
    task?.cancel()
  }

  var ending: Ending? { state.withLock(\.ending) }

  /// Whether it still waits for its turn.
  var isQueued: Bool { state.withLock(\.isQueued) }

  func leaveQueue() { state.withLock { $0.isQueued = false } }
}

extension ActiveRun {
  func report(_ progress: RunProgress) {
    let listeners = state.withLock { state in
      state.progress = progress
      return Array(state.listeners.values)
    }
    for listener in listeners { listener(progress, id.description) }
  }

  /// Hears of progress from now on, beginning with how far the run is; returns how to leave.
  func listen(_ listener: @escaping ProgressReport) -> @Sendable () -> Void {
    let (number, progress) = state.withLock { state in
      state.lastListener += 1
      state.listeners[state.lastListener] = listener
      return (state.lastListener, state.progress)
    }
    if let progress { listener(progress, id.description) }
    return { self.state.withLock { _ = $0.listeners.removeValue(forKey: number) } }
  }
}
