import JSON
import PluginProtocol
import Synchronization

/// One request on its way to a plugin and back.
///
/// Several threads may try to finish it; the first one answers the caller, and no other does.
final class PluginJob: Sendable {
  typealias Outcome = Result<PluginAnswer, PluginFailure>
  typealias Call = Task<Void, Never>

  struct State {
    var continuation: CheckedContinuation<Outcome, Never>?
    var outcome: Outcome?
    var process: PluginProcess?
    /// What the run asked the host for and has no answer to, by number.
    var openCalls: [Int: Call] = [:]
    var lastCall = 0
    /// The analyses whose results the run was given.
    var calls: Set<CalledAnalysis> = []
  }

  let method: String
  /// The request's parameters, as JSON text.
  let parameters: [UInt8]
  let progress: (@Sendable (RunProgress) -> Void)?
  /// Serves the calls of a run; nil for a request that may make none.
  let innerRuns: InnerRuns?
  let state = Mutex(State())

  init(
    method: String, parameters: JSONValue, progress: (@Sendable (RunProgress) -> Void)? = nil,
    innerRuns: InnerRuns? = nil
  ) {
    self.method = method
    self.parameters = parameters.bytes
    self.progress = progress
    self.innerRuns = innerRuns
  }

  /// Whether it is a run a client asked for, which may have others run inside.
  var isOutermost: Bool { innerRuns?.isOutermost ?? false }

  /// The analyses whose results the run has been given.
  var calls: Set<CalledAnalysis> { state.withLock { $0.calls } }

  var isFinished: Bool { state.withLock { $0.outcome != nil } }

  /// Whoever waits is resumed with the outcome, at once where there already is one.
  func await(_ continuation: CheckedContinuation<Outcome, Never>) {
    let outcome = state.withLock { state in
      if state.outcome == nil { state.continuation = continuation }
      return state.outcome
    }
    if let outcome { continuation.resume(returning: outcome) }
  }

  /// Notes which process works on the job; false where nobody waits for it any more.
  func attach(_ process: PluginProcess) -> Bool {
    state.withLock { state in
      guard state.outcome == nil else { return false }
      state.process = process
      return true
    }
  }

  /// Answers the caller unless it has been answered; runs inside this one are given up.
  ///
  /// Returns the process at work on the job where this call was the one that answered.
  @discardableResult
  func finish(_ outcome: Outcome) -> PluginProcess? {
    let (continuation, process, open) = state.withLock { state in
      guard state.outcome == nil else {
        return (nil as CheckedContinuation<Outcome, Never>?, nil as PluginProcess?, [] as [Call])
      }
      state.outcome = outcome
      defer {
        state.continuation = nil
        state.process = nil
      }
      return (state.continuation, state.process, Array(state.openCalls.values))
    }
    for call in open { call.cancel() }
    continuation?.resume(returning: outcome)
    return process
  }

  /// Answers the caller with a failure and lets the plugin know that nobody waits.
  func giveUp(_ failure: PluginFailure) {
    finish(.failure(failure))?.abandon(self, as: failure)
  }

  /// The line that puts the request to a plugin.
  func line(id: Int64) -> [UInt8] {
    var line = Array("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":".utf8)
    line.reserveCapacity(line.count + parameters.count + 2)
    line.append(contentsOf: parameters)
    line.append(UInt8(ascii: "}"))
    line.append(UInt8(ascii: "\n"))
    return line
  }
}
