import JSON
import PluginProtocol
import Synchronization

extension ProcessMonitor {
  /// Has the host run what the plugin asks for; the process counts as waiting until it is answered.
  func call(_ id: JSONValue, _ asked: HostRunRequest) throws(ProtocolViolation) {
    guard let job = owner.state.withLock({ $0.job }) else {
      return try answer(PluginFailure.cancelled.answer(to: id))
    }
    let ticket = owner.pool.wait(owner)
    job.call(asked) { [owner] outcome in
      owner.pool.goOn(owner, ticket)
      owner.answer(outcome, to: id)
    }
  }

  /// Answers a request of the plugin's at once.
  ///
  /// - Throws: A breach, where the plugin asks and asks and reads no answer.
  func answer(_ line: JSONValue) throws(ProtocolViolation) {
    let limit = owner.settings.maximumLineBytes
    let isRead = owner.state.withLock { state in
      guard state.unsent.count <= limit else { return false }
      state.send(line.bytes + [UInt8(ascii: "\n")])
      return true
    }
    guard isRead else { throw .readsNoAnswers(limit: limit) }
  }
}

extension PluginProcess {
  fileprivate func answer(_ outcome: InnerRuns.Outcome, to id: JSONValue) {
    let line: [UInt8] =
      switch outcome {
      case .success(let answer):
        Array("{\"jsonrpc\":\"2.0\",\"id\":\(id.text),\"result\":".utf8) + answer.result
          + Array("}\n".utf8)
      case .failure(let failure): failure.answer(to: id).bytes + [UInt8(ascii: "\n")]
      }
    state.withLock { $0.send(line) }
  }
}
