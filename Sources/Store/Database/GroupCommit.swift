import GRDB
import Synchronization

/// The one writer: changes that arrive while a commit is under way share the next one.
///
/// A commit is one fsync, so fifty runs that end together cost one. A caller alone waits for its own
/// commit only. A change that fails is undone by itself, and the others of its commit are kept.
final class GroupCommit: Sendable {
  /// A change with its result type hidden, so that different ones can wait in one line.
  private struct Write: Sendable {
    /// Makes the change, and returns what to do once it is on disk.
    ///
    /// It may be called twice, when the first transaction is lost with another's change.
    let perform: @Sendable (Database) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
  }

  private struct Line {
    var writes: [Write] = []
    var isWriting = false
    var isClosed = false
  }

  /// Enough to pay for an fsync many times over; more would only keep the first ones waiting.
  private static let writesInCommit = 256

  private let pool: DatabasePool
  private let path: String
  private let line = Mutex(Line())

  init(_ pool: DatabasePool, path: String) {
    self.pool = pool
    self.path = path
  }

  /// Makes a change, and returns once it is on disk.
  ///
  /// A change that has begun is not undone when the caller's task is cancelled.
  func write<Value: Sendable>(
    _ change: Change, _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
      let write = Write { database in
        let value = try body(database)
        return { continuation.resume(returning: .success(value)) }
      } fail: { [path] error in
        continuation.resume(returning: .failure(StoreError(error, change, path: path)))
      }
      enqueue(write, change)
    }
    return try result.get()
  }

  /// Lets nobody in any more, and waits until the changes in line are made.
  ///
  /// Says whether it was open.
  func close() -> Bool {
    let wasOpen = line.withLock { line in
      defer { line.isClosed = true }
      return !line.isClosed
    }
    // The connection takes one block after the other, so this one comes last.
    if wasOpen { pool.writeWithoutTransaction { _ in } }
    return wasOpen
  }

  /// How many changes wait for the commit under way to end.
  var waiting: Int { line.withLock { $0.writes.count } }

  private func enqueue(_ write: Write, _ change: Change) {
    let isClosed = line.withLock { line in
      guard !line.isClosed else { return true }
      line.writes.append(write)
      if !line.isWriting {
        line.isWriting = true
        // Under the lock, so that `close` comes after it or refuses it.
        pool.asyncWriteWithoutTransaction { self.writeAll($0) }
      }
      return false
    }
    if isClosed { write.fail(StoreError.closed(change)) }
  }

  private func writeAll(_ database: Database) {
    while let batch = nextBatch() { commit(batch, database) }
  }

  private func nextBatch() -> [Write]? {
    line.withLock { line in
      guard !line.writes.isEmpty else {
        line.isWriting = false
        return nil
      }
      let batch = Array(line.writes.prefix(Self.writesInCommit))
      line.writes.removeFirst(batch.count)
      return batch
    }
  }

  private func commit(_ batch: [Write], _ database: Database) {
    do {
      for answer in try inOneTransaction(batch, database) { answer() }
    } catch {
      guard batch.count > 1 else { return batch.forEach { $0.fail(error) } }
      // The whole transaction is lost. What one change alone could not have done must not
      // cost the others theirs.
      for write in batch { commit([write], database) }
    }
  }

  private func inOneTransaction(
    _ batch: [Write], _ database: Database
  ) throws -> [@Sendable () -> Void] {
    try database.beginTransaction(.immediate)
    do {
      let answers =
        if batch.count == 1 {
          [try batch[0].perform(database)]
        } else {
          try batch.map { try perform($0, apartFromOthersIn: database) }
        }
      try database.commit()
      return answers
    } catch {
      // SQLite has already rolled back on some errors; if it cannot, the next BEGIN says so.
      if database.isInsideTransaction { try? database.rollback() }
      throw error
    }
  }

  /// Makes one change of several, undoing it alone if it fails.
  private func perform(
    _ write: Write, apartFromOthersIn database: Database
  ) throws -> @Sendable () -> Void {
    var answer: @Sendable () -> Void = {}
    try database.inSavepoint {
      do {
        answer = try write.perform(database)
        return .commit
      } catch {
        guard database.isInsideTransaction else { throw error }
        answer = { write.fail(error) }
        return .rollback
      }
    }
    return answer
  }
}
