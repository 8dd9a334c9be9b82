import ClientProtocol
import Store
import Synchronization

/// The runs under way.
final class RunRegistry: Sendable {
  private struct State {
    var runs: [RunID: ActiveRun] = [:]
    var isStopping = false
    /// Runs that ended but whose end could not be recorded.
    var unclosed: [RunID: CommandFailure] = [:]
  }

  private let state = Mutex(State())

  var isStopping: Bool { state.withLock(\.isStopping) }
  var count: Int { state.withLock(\.runs.count) }
  var all: [ActiveRun] { state.withLock { Array($0.runs.values) } }
  var unclosed: [RunID: CommandFailure] { state.withLock(\.unclosed) }

  subscript(id: RunID) -> ActiveRun? { state.withLock { $0.runs[id] } }

  /// Adds a run; one that comes while the daemon stops is made to end.
  func add(_ run: ActiveRun) {
    let isStopping = state.withLock { state in
      state.runs[run.id] = run
      return state.isStopping
    }
    if isStopping { run.end(.interrupted) }
  }

  func remove(_ id: RunID, unclosed failure: CommandFailure? = nil) {
    state.withLock { state in
      state.runs[id] = nil
      state.unclosed[id] = failure
    }
  }

  func settle(_ id: RunID) { state.withLock { _ = $0.unclosed.removeValue(forKey: id) } }

  /// Refuses new runs from now on.
  func stop() { state.withLock { $0.isStopping = true } }
}
