import GRDB
import Glibc

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
    if let finding = try damage(database) {
      throw StoreError.corrupt(path: path, finding: finding)
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

  /// What a quick look over the whole file finds wrong, which takes about a second a gigabyte.
  ///
  /// Larger files are not looked over; what is wrong with them shows when it is read.
  private static func damage(_ database: Database) throws -> String? {
    let size = try ["page_count", "page_size"].reduce(1) {
      try $0 * (Int.fetchOne(database, sql: "PRAGMA \($1)") ?? 0)
    }
    guard size <= 1 << 29 else { return nil }
    let finding = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
    return finding == "ok" ? nil : finding ?? "no answer to quick_check"
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

  /// Copies the database to a new file, and leaves none behind when that fails.
  static func copy(_ database: Database, to path: String) throws {
    guard try DataFolder.makeNewPrivateFile(path) else { throw StoreError.fileExists(path: path) }
    do {
      let copy = try DatabaseQueue(path: path)
      try copy.writeWithoutTransaction { target in
        try database.backup(to: target)
        try target.execute(sql: "PRAGMA journal_mode = DELETE")
      }
      try copy.close()
    } catch {
      unsafe unlink(path)
      throw error
    }
  }
}
