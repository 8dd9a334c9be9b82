import GRDB

/// What Doublet keeps: the catalog of data sets, every run, and the audit trail.
///
/// A change has reached the disk when its call returns, and after any crash it is there or it is
/// not, never half. Every change adds its row to the audit trail in the same transaction. Reads do
/// not wait for changes.
///
/// One store at a time holds a folder, by a lock on `doublet.lock` that ends with the process.
/// Nothing else may open or copy `doublet.sqlite` while a store is open, not even to read
/// it: in the same process that would drop SQLite's locks. ``backup(to:)`` makes copies.
package final class Store: Sendable {
  /// The database file.
  package let path: String
  /// How many runs were open when the last store ended, and are now `interrupted`.
  package let interruptedRuns: Int

  let folder: DataFolder
  let pool: DatabasePool
  let writer: GroupCommit
  let now: @Sendable () -> Timestamp

  /// Opens the store of a folder, making both if they are missing.
  ///
  /// Runs left `queued` or `running` become `interrupted`, each with its row in the audit trail,
  /// under the account of the daemon.
  ///
  /// - Throws: ``StoreError`` when the folder cannot be used, is on a network file system or is
  ///   held by another store, and when the database is damaged, foreign or of a newer schema.
  package init(
    folder: String, daemon: Caller, now: @escaping @Sendable () -> Timestamp = Timestamp.now
  ) throws(StoreError) {
    let folder = try DataFolder(folder)
    let path = folder.path + "/doublet.sqlite"
    try DataFolder.makePrivateFile(path)
    let pool = try Opening.pool(path)
    self.interruptedRuns = try Opening.interruptRuns(pool, path: path, by: daemon, at: now())
    self.path = path
    self.pool = pool
    self.writer = GroupCommit(pool, path: path)
    self.now = now
    self.folder = folder
  }

  /// Makes the changes in line, empties the write-ahead log into the database, and lets go of the
  /// folder.
  ///
  /// Any change asked for afterwards fails, and any read too. A second call does nothing. When the
  /// log cannot be emptied, for want of space say, the store is closed all the same and nothing
  /// is lost: the next one reads the log.
  package func close() throws(StoreError) {
    guard writer.close() else { return }
    do {
      let emptying = Result {
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      }
      try pool.close()
      folder.unlock()
      try emptying.get()
    } catch {
      throw StoreError(error, .emptyLog, path: path)
    }
  }

  /// Copies the database, as it is at one moment, to a file that is not there yet.
  ///
  /// Changes go on meanwhile. The copy is one file, without a log beside it.
  package func backup(to copy: String) async throws(StoreError) {
    do {
      try await pool.read { try Opening.copy($0, to: copy) }
    } catch {
      throw StoreError(error, .backup(copy), path: path)
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try pool.unsafeRead(body)
    } catch {
      throw StoreError(reading: error, path: path)
    }
  }
}

extension Store {
  /// Refuses text that SQLite's C interface would cut off.
  static func refuseNUL(_ fields: [(name: String, text: String?)]) throws(StoreError) {
    for (name, text) in fields where text?.utf8.contains(0) == true {
      throw .nulCharacter(field: name)
    }
  }
}
