import GRDB

extension Store {
  /// Records a run before it begins, and gives it its number.
  ///
  /// The caller is the request's. A run that `isQueued` waits until ``start(_:by:)``.
  ///
  /// - Throws: ``StoreError/unknownDatasetHash(_:)`` when its data set was dropped meanwhile.
  package func open(
    _ request: RunRequest, isQueued: Bool = false
  ) async throws(StoreError) -> RunID {
    try Self.refuseNUL([
      ("command", request.command), ("analysis", request.analysis),
      ("parameters", request.parameters), ("seed", request.seed),
      ("plugin's name", request.pluginID), ("plugin's version", request.pluginVersion),
      ("plugin's hash", request.pluginHash), ("data set's hash", request.datasetHash),
      ("user's name", request.caller.user), ("plan's name", request.plan?.name),
      ("statement of the plan", request.plan?.statement),
      ("name of the second data set", request.secondDataset?.name),
      ("hash of the second data set", request.secondDataset?.hash),
      ("parameter of the second data set", request.secondDataset?.parameter),
    ])
    let time = now()
    let key = request.key
    return try await writer.write(.openRun) { database in
      try RunTable.open(
        request, key: key, as: isQueued ? .queued : .running, at: time, in: database)
    }
  }

  /// Records that a queued run begins.
  package func start(_ id: RunID, by caller: Caller) async throws(StoreError) {
    try Self.refuseNUL([("user's name", caller.user)])
    let time = now()
    try await writer.write(.startRun(id)) { database in
      try RunTable.start(id, by: caller, at: time, in: database)
    }
  }

  /// Records how a run ended, once and for all.
  ///
  /// - Throws: ``StoreError/runAlreadyClosed(_:_:)`` when it has ended before.
  package func close(
    _ id: RunID, _ outcome: RunOutcome, seconds: Double?, by caller: Caller
  ) async throws(StoreError) {
    try Self.refuseNUL([
      ("result", outcome.result), ("error", outcome.error), ("user's name", caller.user),
    ])
    let end = RunEnd(outcome, at: now(), seconds: seconds)
    try await writer.write(.closeRun(id)) { database in
      try RunTable.close(id, end, by: caller, in: database)
    }
  }

  /// Records that a finished run's answer was given to somebody again, instead of a new run.
  package func answerAgain(_ id: RunID, by caller: Caller) async throws(StoreError) {
    try Self.refuseNUL([("user's name", caller.user)])
    let time = now()
    try await writer.write(.answerAgain(id)) { database in
      try RunTable.answerAgain(id, by: caller, at: time, in: database)
    }
  }

  /// The latest finished run of a request with the same ``RunRequest/key``.
  package func storedAnswer(_ key: String) throws(StoreError) -> RunRecord? {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT \(RunRecord.columns) FROM run INDEXED BY run_answer
          WHERE request_key = ? AND state = 'done'
          ORDER BY id DESC LIMIT 1
          """)
      return try RunRecord.fetchOne(statement, arguments: [key])
    }
  }

  package func run(_ id: RunID) throws(StoreError) -> RunRecord? {
    try read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT \(RunRecord.columns) FROM run WHERE id = ?")
      return try RunRecord.fetchOne(statement, arguments: [id.number])
    }
  }

  /// Runs from the latest backwards, without their results.
  ///
  /// The next page begins `before` the last run of this one.
  package func runs(
    limit: Int, before: RunID? = nil, state: RunState? = nil
  ) throws(StoreError) -> [RunRecord] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT \(RunRecord.columnsWithoutResult) FROM run
          WHERE id < ? \(state == nil ? "" : "AND state = ?") ORDER BY id DESC LIMIT ?
          """)
      var arguments: StatementArguments = [before?.number ?? Int64.max]
      if let state { arguments += [state.rawValue] }
      return try RunRecord.fetchAll(statement, arguments: arguments + [max(limit, 0)])
    }
  }

  /// How many runs there are in each state that has any.
  package func runCounts() throws(StoreError) -> [RunState: Int] {
    try read { database in
      let rows = try Row.fetchAll(
        database.cachedStatement(sql: "SELECT state, count(*) FROM run GROUP BY state"))
      return rows.reduce(into: [:]) { counts, row in
        if let state = RunState(rawValue: row[0]) { counts[state] = row[1] }
      }
    }
  }
}
