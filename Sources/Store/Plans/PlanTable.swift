import GRDB

/// The changes plans go through, and what was imported when.
enum PlanTable {
  static func register(
    _ request: PlanRequest, by caller: Caller, at time: Timestamp, in database: Database
  ) throws -> PlanRecord {
    if let earlier = try named(request.name, in: database) {
      guard earlier.request.sha256 == request.sha256 else {
        throw StoreError.planNameTaken(request.name)
      }
      return earlier
    }
    let sequence = try AuditTrail.append(
      .plan, request.name, request.detail, by: caller, at: time, in: database)
    try database.cachedStatement(
      sql: """
        INSERT INTO plan (\(PlanRecord.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      request.name, request.sha256, request.text, request.title, request.analysis,
      request.parameters, request.seed, request.dataset, request.pluginID, request.pluginVersion,
      request.pluginHash, time.description, caller.user, sequence,
    ])
    return PlanRecord(
      request: request, registeredAt: time, registeredBy: caller.user, sequence: sequence)
  }

  static func named(_ name: String, in database: Database) throws -> PlanRecord? {
    let statement = try database.cachedStatement(
      sql: "SELECT \(PlanRecord.columns) FROM plan WHERE name = ?")
    return try PlanRecord.fetchOne(statement, arguments: [name])
  }

  /// The SHA-256 of the source files in a list as the catalog keeps it.
  private static let sourceHashes = """
    SELECT DISTINCT CASE type WHEN 'object' THEN json_extract(value, '$.sha256') END AS sha256
    FROM json_each(CASE WHEN json_valid(?) THEN ? ELSE '[]' END)
    """

  /// Notes that a data set's content and source files were there from now on, if they are new.
  static func noteImport(
    _ dataset: DatasetRecord, sequence: Int64, at: String, in database: Database
  ) throws {
    let sources = dataset.sources
    try database.cachedStatement(
      sql: """
        INSERT INTO seen (sha256, sequence, at)
        SELECT sha256, ?, ? FROM (SELECT ? AS sha256 UNION \(sourceHashes))
        WHERE sha256 IS NOT NULL ON CONFLICT (sha256) DO NOTHING
        """
    ).execute(arguments: [sequence, at, dataset.hash, sources, sources])
  }

  /// When the content of a data set, or any file it was made from, was first imported.
  static func firstImport(
    of dataset: DatasetRecord, in database: Database
  ) throws -> FirstImport? {
    let sources = dataset.sources
    let statement = try database.cachedStatement(
      sql: """
        SELECT sequence, at FROM seen
        WHERE sha256 = ? OR sha256 IN (\(sourceHashes)) ORDER BY sequence LIMIT 1
        """)
    let row = try Row.fetchOne(statement, arguments: [dataset.hash, sources, sources])
    return row.map { FirstImport(sequence: $0[0], at: $0[1]) }
  }
}
