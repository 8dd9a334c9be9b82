import GRDB

/// The changes a run goes through, each with its row in the audit trail.
enum RunTable {
  static func open(
    _ request: RunRequest, key: String, as state: RunState, at time: Timestamp,
    in database: Database
  ) throws -> RunID {
    for hash in [request.datasetHash, request.secondDataset?.hash].compactMap(\.self)
    where try !DatasetTable.has(hash: hash, in: database) {
      throw StoreError.unknownDatasetHash(hash)
    }
    let startedAt = state == .running ? time : nil
    try database.cachedStatement(
      sql: """
        INSERT INTO run (uid, user, command, analysis, parameters, seed, plugin_id, plugin_version,
          plugin_hash, dataset_hash, request_key, created_at, state, started_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      Int64(request.caller.uid), request.caller.user, request.command, request.analysis,
      request.parameters, request.seed, request.pluginID, request.pluginVersion,
      request.pluginHash, request.datasetHash, key, time.description, state.rawValue,
      startedAt?.description,
    ])
    let id = RunID(number: database.lastInsertedRowID)
    if let plan = request.plan {
      try database.cachedStatement(
        sql: "INSERT INTO run_plan (run, name, statement) VALUES (?, ?, ?)"
      ).execute(arguments: [id.number, plan.name, plan.statement])
    }
    if let second = request.secondDataset {
      try database.cachedStatement(
        sql:
          "INSERT INTO run_second_dataset (run, parameter, name, dataset_hash) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [id.number, second.parameter, second.name, second.hash])
    }
    let run = RunRecord(
      id: id, request: request, state: state,
      createdAt: time, startedAt: startedAt)
    try AuditTrail.append(
      .openRun, run.id.description, run.openingDetail(isQueued: state == .queued),
      by: request.caller, at: time,
      in: database)
    return run.id
  }

  static func start(
    _ id: RunID, by caller: Caller, at time: Timestamp, in database: Database
  ) throws {
    try database.cachedStatement(
      sql: "UPDATE run SET state = 'running', started_at = ? WHERE id = ? AND state = 'queued'"
    ).execute(arguments: [time.description, id.number])
    guard database.changesCount == 1 else {
      throw StoreError.runNotQueued(id, try state(of: id, in: database))
    }
    try AuditTrail.append(.startRun, id.description, "", by: caller, at: time, in: database)
  }

  static func close(
    _ id: RunID, _ end: RunEnd, by caller: Caller, in database: Database
  ) throws {
    let outcome = end.outcome
    try database.cachedStatement(
      sql: """
        UPDATE run SET state = ?, ended_at = ?, seconds = ?, error = ?, result = ?
        WHERE id = ? AND ended_at IS NULL
        """
    ).execute(arguments: [
      outcome.state.rawValue, end.endedAt.description, end.seconds, outcome.error, outcome.result,
      id.number,
    ])
    guard database.changesCount == 1 else {
      throw StoreError.runAlreadyClosed(id, try state(of: id, in: database))
    }
    try AuditTrail.append(
      .closeRun, id.description, end.detail, by: caller, at: end.endedAt, in: database)
  }

  static func answerAgain(
    _ id: RunID, by caller: Caller, at time: Timestamp, in database: Database
  ) throws {
    let state = try state(of: id, in: database)
    guard state == .done else { throw StoreError.runNotDone(id, state) }
    try AuditTrail.append(.answerAgain, id.description, "", by: caller, at: time, in: database)
  }

  private static func state(of id: RunID, in database: Database) throws -> RunState {
    let statement = try database.cachedStatement(sql: "SELECT state FROM run WHERE id = ?")
    guard let text = try String.fetchOne(statement, arguments: [id.number]),
      let state = RunState(rawValue: text)
    else { throw StoreError.unknownRun(id) }
    return state
  }
}
