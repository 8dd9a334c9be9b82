import GRDB

/// The steps from a file to a database that can be trusted.
enum Opening {
  static func pool(_ path: String) throws(StoreError) -> DatabasePool {
    do {
      let pool = try DatabasePool(path: path, configuration: configuration)
      try pool.writeWithoutTransaction { database in
        try makeDurable(database)
        try check(database, path: path)
      }
      try Schema.migrator.migrate(pool)
      return pool
    } catch {
      throw StoreError(reading: error, path: path)
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "store"
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 4
    return configuration
  }

  /// GRDB's own set-up of write-ahead logging leaves `synchronous` at NORMAL, with which the last
  /// commits can vanish at a power loss; so it is set after that, and read back at every start.
  private static func makeDurable(_ database: Database) throws {
    try database.execute(sql: "PRAGMA synchronous = FULL")
    for (setting, wanted) in [("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1")]
    {
      let found = try String.fetchOne(database, sql: "PRAGMA \(setting)")
      guard found == wanted else {
        throw StoreError.notDurable(setting: setting, found: found ?? "nothing")
      }
    }
  }

  private static func check(_ database: Database, path: String) throws {
    let finding = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
    guard finding == "ok" else {
      throw StoreError.corrupt(path: path, finding: finding ?? "no answer to quick_check")
    }
    let id = try Int32.fetchOne(database, sql: "PRAGMA application_id")
    let isEmpty = try Row.fetchOne(database, sql: "SELECT 1 FROM sqlite_schema") == nil
    guard isEmpty || id == Schema.applicationID else {
      throw StoreError.foreignDatabase(path: path)
    }
    let migrator = Schema.migrator
    guard try migrator.hasBeenSuperseded(database) else { return }
    let unknown = try migrator.appliedIdentifiers(database).subtracting(migrator.migrations)
    throw StoreError.newerSchema(path: path, schema: unknown.max() ?? "")
  }

  /// Closes the runs a crash left open.
  static func interruptRuns(
    _ pool: DatabasePool, path: String, by daemon: Caller, at time: Timestamp
  ) throws(StoreError) -> Int {
    do {
      return try pool.write { database in
        let open = try Int64.fetchAll(
          database, sql: "SELECT id FROM run WHERE state IN ('queued', 'running') ORDER BY id")
        let end = RunEnd(.interrupted(error: nil), at: time, seconds: nil)
        for number in open {
          try RunTable.close(RunID(number: number), end, by: daemon, in: database)
        }
        return open.count
      }
    } catch {
      throw StoreError(error, .interruptRuns, path: path)
    }
  }

  static func copy(_ pool: DatabasePool, to path: String) throws {
    guard try DataFolder.makeNewPrivateFile(path) else { throw StoreError.fileExists(path: path) }
    var configuration = Configuration()
    configuration.label = "backup"
    let copy = try DatabaseQueue(path: path, configuration: configuration)
    try pool.backup(to: copy)
    try copy.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = DELETE")
    }
    try copy.close()
  }
}
