import GRDB

/// Writes the audit trail, always in the transaction of the change it records.
enum AuditTrail {
  @discardableResult
  static func append(
    _ action: AuditAction, _ subject: String, _ detail: String, by caller: Caller, at: Timestamp,
    in database: Database
  ) throws -> Int64 {
    let head = try head(in: database)
    var row = AuditRow(
      sequence: head.sequence + 1, at: at.description, uid: Int64(caller.uid), user: caller.user,
      action: action.rawValue, subject: subject, detail: detail, previous: head.hash, hash: "")
    row.hash = row.fittingHash
    try database.cachedStatement(
      sql: "INSERT INTO audit (\(AuditRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      row.sequence, row.at, row.uid, row.user, row.action, row.subject, row.detail, row.previous,
      row.hash,
    ])
    return row.sequence
  }

  static func head(in database: Database) throws -> AuditHead {
    let statement = try database.cachedStatement(sql: "SELECT sequence, hash FROM audit_head")
    guard let row = try Row.fetchOne(statement) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the audit trail has no head")
    }
    return AuditHead(sequence: row[0], hash: row[1])
  }
}
