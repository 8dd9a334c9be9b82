import GRDB

extension Store {
  /// Adds a row to the audit trail for something that is neither a run nor a data set.
  package func note(_ note: AuditNote, by caller: Caller) async throws(StoreError) {
    try Self.refuseNUL([
      ("\(note.action.rawValue)'s subject", note.subject),
      ("\(note.action.rawValue)'s detail", note.detail), ("user's name", caller.user),
    ])
    let time = now()
    try await writer.write(.note(note.action.rawValue)) { database in
      _ = try AuditTrail.append(
        note.action, note.subject, note.detail, by: caller, at: time, in: database)
    }
  }

  /// Rows of the audit trail from the latest backwards.
  ///
  /// The next page begins `before` the last row of this one.
  package func auditRows(
    limit: Int, before: Int64? = nil
  ) throws(StoreError) -> [AuditRow] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT \(AuditRow.columns) FROM audit WHERE sequence < ? ORDER BY sequence DESC LIMIT ?
          """)
      return try AuditRow.fetchAll(statement, arguments: [before ?? Int64.max, max(limit, 0)])
    }
  }

  /// The row that records how a run ended; nil while it has not.
  package func closingRow(of run: RunID) throws(StoreError) -> AuditRow? {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT \(AuditRow.columns) FROM audit WHERE subject = ? AND action = ?
          ORDER BY sequence DESC LIMIT 1
          """)
      return try AuditRow.fetchOne(
        statement, arguments: [run.description, AuditAction.closeRun.rawValue])
    }
  }

  package func auditHead() throws(StoreError) -> AuditHead {
    try read { try AuditTrail.head(in: $0) }
  }

  /// Walks the whole audit trail and names the first thing that does not fit.
  ///
  /// Every row must follow the one before it and carry the hash of its own fields, the last must be
  /// the one the head names, and every run and data set must be what the trail says was recorded.
  /// A head that was `noted` earlier must still be part of it.
  ///
  /// Somebody who can write to the database and knows how the hashes are made can write a new
  /// trail from any row on, with a new head and runs to match. Nothing in the file
  /// gives that away; a head noted elsewhere does, for all rows up to it. Rows added after the
  /// last noted head, and then removed together with their runs and the head's last steps, leave no
  /// trace either.
  package func verifyAudit(noted: AuditHead? = nil) async throws(StoreError) -> AuditVerdict {
    do {
      return try await pool.read { database in
        var check = AuditCheck(noted: noted)
        return try check.verdict(on: database)
      }
    } catch {
      throw StoreError(reading: error, path: path)
    }
  }
}
