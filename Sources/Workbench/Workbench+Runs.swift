import ClientProtocol
import JSON
import Logging
import PluginHost
import PluginProtocol
import Store

/// What a prepared request has become.
enum BegunRun: Sendable {
  /// An earlier run's answer, given again.
  case stored(RunID, answer: [UInt8])
  case underWay(ActiveRun)
}

extension Workbench {
  /// Answers a request from the store, or records a run for it and begins it.
  ///
  /// The run is on disk when this returns. One that is `queued` waits for its turn.
  func begin(_ run: PreparedRun, isQueued: Bool = false) async throws(CommandFailure) -> BegunRun {
    let record = run.record
    if !run.call.isFresh, let stored = try await storedAnswer(record) { return stored }
    guard !registry.isStopping else { throw .stopping }
    let id = try await kept { () async throws(StoreError) in
      try await store.open(record, isQueued: isQueued)
    }
    let active = ActiveRun(id, uid: run.caller.uid, isQueued: isQueued)
    registry.add(active)
    active.begin { await self.carryOut(run, active) }
    return .underWay(active)
  }

  private func storedAnswer(_ record: Store::RunRequest) async throws(CommandFailure) -> BegunRun? {
    try await kept { () async throws(StoreError) in
      guard let earlier = try store.storedAnswer(record.key), let result = earlier.result else {
        return nil
      }
      try await store.answerAgain(earlier.id, by: record.caller)
      let answer = ResultSplice.answer(
        result.utf8, run: earlier.id.description, stored: true, seconds: earlier.seconds)
      return .stored(earlier.id, answer: warned(answer, of: record.pluginID))
    }
  }

  private func carryOut(_ run: PreparedRun, _ active: ActiveRun) async -> ClientAnswer {
    guard active.isQueued else { return await compute(run, active) }
    let answer = await slots.with { () async -> ClientAnswer in
      do throws(StoreError) {
        try await store.start(active.id, by: run.caller)
      } catch {
        return await close(active, run, .failure(RunFailure(CommandFailure(error))), seconds: nil)
      }
      active.leaveQueue()
      return await compute(run, active)
    }
    if let answer { return answer }
    return await close(active, run, .failure(.ended(active.ending)), seconds: nil)
  }

  private func compute(_ run: PreparedRun, _ active: ActiveRun) async -> ClientAnswer {
    let start = ContinuousClock.now
    let result = await answer(of: run, active)
    let seconds = (ContinuousClock.now - start).seconds
    return await close(active, run, result, seconds: seconds)
  }

  /// Records how the run ended, and only then says so.
  private func close(
    _ active: ActiveRun, _ run: PreparedRun, _ result: Result<[UInt8], RunFailure>,
    seconds: Double?
  ) async -> ClientAnswer {
    let outcome: RunOutcome
    var answer: ClientAnswer
    switch result {
    case .success(let document):
      outcome = .done(result: String(decoding: document, as: UTF8.self))
      let whole = ResultSplice.answer(
        document, run: active.id.description, stored: false, seconds: seconds)
      answer = .success(warned(whole, of: run.plugin.id))
    case .failure(let end):
      var failure = end.failure
      failure.run = active.id.description
      failure.range = failure.parameter.flatMap { run.call.ranges[$0] }
        .map { ValuePlace.range($0, of: run.command, narrowedTo: end.place) }
      outcome = end.outcome(error: failure.json.text)
      answer = .failure(failure)
    }
    do throws(StoreError) {
      try await store.close(active.id, outcome, seconds: seconds, by: run.caller)
      registry.remove(active.id)
    } catch {
      var failure = CommandFailure(error)
      failure.run = active.id.description
      registry.remove(active.id, unclosed: failure)
      answer = .failure(failure)
    }
    log.debug(
      "run ended",
      metadata: [
        "run": "\(active.id)", "analysis": "\(run.call.analysis)",
        "state": "\(outcome.state.rawValue)",
      ])
    return answer
  }
}

extension Workbench {
  /// Does something with the store, whose errors are then those of a command.
  func kept<Value>(
    _ work: () async throws(StoreError) -> Value
  ) async throws(CommandFailure) -> Value {
    do {
      return try await work()
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension Duration {
  var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
