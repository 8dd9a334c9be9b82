import GRDB

/// The changes the catalog goes through, each with its row in the audit trail.
enum DatasetTable {
  static func add(
    _ record: DatasetRecord, by caller: Caller, at time: Timestamp, in database: Database
  ) throws {
    if try named(record.name, in: database) != nil {
      throw StoreError.datasetNameTaken(record.name)
    }
    try database.cachedStatement(
      sql: "INSERT INTO dataset (\(DatasetRecord.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      record.name, record.hash, record.file, record.importedAt.description, record.importedBy,
      record.subjects, record.tables, record.sources, record.notes,
    ])
    let sequence = try AuditTrail.append(
      .addDataset, record.name, record.fingerprint, by: caller, at: time, in: database)
    try PlanTable.noteImport(record, sequence: sequence, at: time.description, in: database)
  }

  static func drop(
    _ name: String, by caller: Caller, at time: Timestamp, in database: Database
  ) throws -> DroppedDataset {
    guard let record = try named(name, in: database) else {
      throw StoreError.unknownDataset(name: name)
    }
    let names = try count("SELECT count(*) FROM dataset WHERE hash = ?", record.hash, database)
    let runs = try count(Self.citing, record.hash, database)
    guard runs == 0 || names > 1 else { throw StoreError.datasetInUse(name: name, runs: runs) }
    try database.cachedStatement(sql: "DELETE FROM dataset WHERE name = ?")
      .execute(arguments: [name])
    try AuditTrail.append(
      .dropDataset, name, record.fingerprint, by: caller, at: time, in: database)
    return DroppedDataset(record: record, isLastName: names == 1)
  }

  /// How many runs cite a content, as their own data set or beside it.
  private static let citing = """
    SELECT count(*) FROM (SELECT id FROM run WHERE dataset_hash = ?1
    UNION SELECT run FROM run_second_dataset WHERE dataset_hash = ?1)
    """

  static func has(hash: String, in database: Database) throws -> Bool {
    let statement = try database.cachedStatement(sql: "SELECT 1 FROM dataset WHERE hash = ?")
    return try Int.fetchOne(statement, arguments: [hash]) != nil
  }

  static func named(_ name: String, in database: Database) throws -> DatasetRecord? {
    let statement = try database.cachedStatement(
      sql: "SELECT \(DatasetRecord.columns) FROM dataset WHERE name = ?")
    return try DatasetRecord.fetchOne(statement, arguments: [name])
  }

  private static func count(_ sql: String, _ hash: String, _ database: Database) throws -> Int {
    try Int.fetchOne(database.cachedStatement(sql: sql), arguments: [hash]) ?? 0
  }
}
