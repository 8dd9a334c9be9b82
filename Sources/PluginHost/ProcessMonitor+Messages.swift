import PluginProtocol
import Synchronization

extension ProcessMonitor {
  typealias Completion = (job: PluginJob, outcome: PluginJob.Outcome)

  mutating func receiveLines() {
    var completions: [Completion] = []
    var release: PluginPool.Release?
    do throws(ProtocolViolation) {
      while let message = try nextMessage() {
        guard let action = owner.state.withLock({ $0.session.receive(message) }) else { continue }
        try carryOut(action, &completions, &release)
      }
    } catch {
      breach(error)
    }
    // First the next request, then the last answer: a caller that asks again at once finds this
    // process free, and a second answer in the same breath has come to light.
    if let release { serveNext(release) }
    for completion in completions { completion.job.finish(completion.outcome) }
  }

  private mutating func nextMessage() throws(ProtocolViolation) -> PluginMessage? {
    let line: [UInt8]?
    do {
      line = try lines.next()
    } catch {
      throw .lineTooLong(limit: error.limit)
    }
    guard let line else { return nil }
    do {
      return try PluginMessage(parsing: line)
    } catch {
      throw .badLine(error)
    }
  }

  private mutating func carryOut(
    _ action: PluginSession.Action, _ completions: inout [Completion],
    _ release: inout PluginPool.Release?
  ) throws(ProtocolViolation) {
    switch action {
    case .becomeReady:
      wasReady = true
      release = .started
    case .recover: release = .recovered
    case .finish(let result):
      release = .answered
      if let completion = complete(result) { completions.append(completion) }
    case .fail(let violation): throw violation
    case .retire(let violation):
      stain = violation
      release = release ?? .recovered
    case .report(let progress): owner.state.withLock { $0.job }?.progress?(progress)
    case .reply(let line): try answer(line)
    case .call(let id, let asked): try call(id, asked)
    case .log(let text): owner.state.withLock { $0.log.append(line: text) }
    }
  }

  private mutating func complete(_ result: Result<[UInt8], Refusal>) -> Completion? {
    // What the run printed before it answered is in the pipe by now.
    readLog()
    let now = OperatingSystem.nanoseconds
    return owner.state.withLock { state in
      guard let job = state.job else { return nil }
      state.job = nil
      switch result {
      case .failure(let refusal): return (job, .failure(.refused(refusal)))
      case .success(let bytes):
        let answer = PluginAnswer(
          result: bytes, log: state.log.all, duration: .nanoseconds(now - state.jobStarted),
          calls: job.calls)
        return (job, .success(answer))
      }
    }
  }

  /// Takes the next request, or rests until there is one.
  private mutating func serveNext(_ release: PluginPool.Release) {
    let now = OperatingSystem.nanoseconds
    let settings = owner.settings
    let mayServe = owner.state.withLock { [stain] state in
      guard state.isOpen, state.session.state == .idle else { return false }
      if state.endsWhenIdle || stain != nil {
        state.close(endingBy: now + settings.cancelGrace.nanoseconds)
        return false
      }
      state.setDeadline(.idle, now + settings.idleLimit.nanoseconds)
      return true
    }
    guard mayServe else {
      if let stain, !owner.state.withLock({ $0.isOpen }) { breach(stain) }
      return
    }
    switch owner.pool.release(owner, release) {
    case .rest: break
    case .stop: owner.stop()
    case .serve(let job):
      if !owner.begin(job) { owner.pool.putBack(job, from: owner) }
    }
  }
}
