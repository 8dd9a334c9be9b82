import JSON
import PluginProtocol
import Synchronization

extension PluginJob {
  /// How many calls of one run may wait for their answers.
  static let maximumCalls = 64

  /// Has the host run an analysis for this run, after those it asked for before.
  ///
  /// `reply` is called once, also where the run ends first.
  func call(_ asked: HostRunRequest, reply: @escaping @Sendable (InnerRuns.Outcome) -> Void) {
    let failure: PluginFailure? = state.withLock { state in
      guard state.outcome == nil, let innerRuns else {
        return innerRuns == nil ? .refused(Self.notARun(method)) : .cancelled
      }
      guard state.openCalls.count < Self.maximumCalls else { return .refused(Self.tooMany) }
      state.lastCall += 1
      let number = state.lastCall
      let before = state.openCalls[number - 1]
      state.openCalls[number] = Task {
        await before?.value
        let outcome = await innerRuns.answer(asked)
        self.closeCall(number, outcome)
        reply(outcome)
      }
      return nil
    }
    if let failure { reply(.failure(failure)) }
  }

  private func closeCall(_ number: Int, _ outcome: InnerRuns.Outcome) {
    state.withLock { state in
      state.openCalls[number] = nil
      if case .success(let answer) = outcome { state.calls.formUnion(answer.calls) }
    }
  }

  private static var tooMany: Refusal {
    Refusal("call.limit", "at most \(maximumCalls) calls of a run may wait for their answers")
  }

  private static func notARun(_ method: String) -> Refusal {
    Refusal("call.misplaced", "host.run is for runs, this is a \(method)")
  }
}

extension PluginFailure {
  /// The error object a plugin gets for a call that failed.
  func answer(to id: JSONValue) -> JSONValue {
    switch self {
    case .refused(let refusal):
      Wire.failure(
        id: id, code: Wire.refusalCode, message: refusal.message, data: refusal.errorData)
    case .cancelled, .shuttingDown:
      Wire.failure(
        id: id, code: Wire.cancelledCode, message: description,
        data: ["kind": .string(Refusal.cancelledKind)])
    default:
      Wire.failure(
        id: id, code: Wire.internalErrorCode, message: description, data: ["kind": "call.failed"])
    }
  }
}
