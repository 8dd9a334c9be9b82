import ClientProtocol
import JSON
import Store
import Synchronization

/// One connection's view of the workbench: its defaults and its requests under way.
final class Session: RequestHandler {
  private struct State {
    var defaults = SessionDefaults()
    var isClosed = false
    var lastTicket = 0
    var underWay: [Int: (id: JSONValue?, task: Task<ClientAnswer, Never>)] = [:]
  }

  let workbench: Workbench
  let caller: Caller
  private let state = Mutex(State())

  init(_ workbench: Workbench, caller: Caller) {
    self.workbench = workbench
    self.caller = caller
  }

  func answer(_ request: ClientRequest, progress: ProgressReport?) async -> ClientAnswer {
    await workbench.countRequest {
      // A task of its own, so that the request can be cancelled by its id, and so that nothing
      // is computed on the thread of whoever asks.
      let task = Task { @concurrent in await self.perform(request, progress) }
      let ticket = enter(request.id, task)
      defer { leave(ticket) }
      return await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        task.cancel()
      }
    }
  }

  func connectionClosed() async {
    let tasks = state.withLock { state in
      state.isClosed = true
      return state.underWay.values.map(\.task)
    }
    for task in tasks { task.cancel() }
  }

  var defaults: SessionDefaults { state.withLock(\.defaults) }

  func changeDefaults(_ change: (inout SessionDefaults) -> Void) {
    state.withLock { change(&$0.defaults) }
  }

  /// Cancels the requests of this connection that carry the id; false where there is none.
  func cancel(request id: JSONValue) -> Bool {
    let tasks = state.withLock { state in
      state.underWay.values.filter { $0.id == id }.map(\.task)
    }
    for task in tasks { task.cancel() }
    return !tasks.isEmpty
  }

  private func enter(_ id: JSONValue?, _ task: Task<ClientAnswer, Never>) -> Int {
    let (ticket, isClosed) = state.withLock { state in
      state.lastTicket += 1
      state.underWay[state.lastTicket] = (id, task)
      return (state.lastTicket, state.isClosed)
    }
    if isClosed { task.cancel() }
    return ticket
  }

  private func leave(_ ticket: Int) {
    state.withLock { _ = $0.underWay.removeValue(forKey: ticket) }
  }
}
