import Dispatch
import GRDB
import Synchronization
import Testing

@testable import Store

/// Counts the commits of the one connection that writes.
private final class CommitCount: TransactionObserver, Sendable {
  private let count = Mutex(0)
  var commits: Int { count.withLock(\.self) }

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseDidCommit(_ database: Database) { count.withLock { $0 += 1 } }
  func databaseDidRollback(_ database: Database) {}
}

struct GroupCommitTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.make(in: folder)
  }

  /// Lets all changes line up behind one that holds the connection, so that they share a commit.
  private func together<Value: Sendable>(
    _ count: Int, _ change: @escaping @Sendable (Int) async throws -> Value
  ) async throws -> [Result<Value, any Error>] {
    let gate = DispatchSemaphore(value: 0)
    store.pool.asyncWriteWithoutTransaction { _ in gate.wait() }
    return await withTaskGroup(of: (Int, Result<Value, any Error>).self) { group in
      for number in 0..<count {
        group.addTask {
          do { return (number, .success(try await change(number))) } catch {
            return (number, .failure(error))
          }
        }
      }
      while store.writer.waiting < count { await Task.yield() }
      gate.signal()
      var results: [Int: Result<Value, any Error>] = [:]
      for await (number, result) in group { results[number] = result }
      return (0..<count).compactMap { results[$0] }
    }
  }

  @Test func fiftyRunsShareOneCommit() async throws {
    let observer = CommitCount()
    store.pool.add(transactionObserver: observer, extent: .databaseLifetime)
    let ids = try await together(50) { [store] in try await store.open(.make(command: "\($0)")) }
      .map { try $0.get() }
    #expect(observer.commits == 1)
    #expect(Set(ids.map(\.number)) == Set(1...50))
    for (number, id) in ids.enumerated() {
      #expect(try store.run(id)?.request.command == "\(number)", "each has its own number")
    }
    #expect(try await store.verifyAudit().rows == 50)
  }

  @Test func oneAloneIsOneCommit() async throws {
    let observer = CommitCount()
    store.pool.add(transactionObserver: observer, extent: .databaseLifetime)
    let id = try await store.open(.make())
    #expect(observer.commits == 1)
    try await store.close(id, .done(result: "1"), seconds: 1, by: .ada)
    #expect(observer.commits == 2)
  }

  @Test(arguments: [0, 17, 49])
  func oneThatFailsCostsTheOthersNothing(bad: Int) async throws {
    let observer = CommitCount()
    store.pool.add(transactionObserver: observer, extent: .databaseLifetime)
    let results = try await together(50) { [store] number in
      try await store.open(.make(datasetHash: number == bad ? "gone" : nil))
    }
    #expect(observer.commits == 1)
    for (number, result) in results.enumerated() where number != bad {
      #expect(throws: Never.self) { try result.get() }
    }
    #expect(throws: StoreError.unknownDatasetHash("gone")) { try results[bad].get() }
    #expect(try store.runs(limit: 99).count == 49)
    let verdict = try await store.verifyAudit()
    #expect(verdict.isIntact && verdict.rows == 49)
  }

  @Test func oneThatFailsHalfwayLeavesNothing() async throws {
    // The run is in its table by the time the audit trail refuses it.
    try await store.pool.write { database in
      try database.execute(
        sql: """
          CREATE TRIGGER refuses BEFORE INSERT ON audit WHEN NEW.user = 'eve'
          BEGIN SELECT RAISE(ABORT, 'refused'); END
          """)
    }
    let results = try await together(50) { [store] number in
      try await store.open(.make(caller: Caller(uid: 1, user: number == 17 ? "eve" : "ada")))
    }
    #expect(throws: StoreError.failed(.openRun, reason: "refused")) { try results[17].get() }
    #expect(try store.runs(limit: 99).count == 49)
    let verdict = try await store.verifyAudit()
    #expect(verdict.isIntact && verdict.rows == 49)

    await #expect(throws: StoreError.self) {
      try await store.open(.make(caller: Caller(uid: 1, user: "eve")))
    }
    #expect(try store.runs(limit: 99).count == 49, "alone it leaves nothing either")
  }

  @Test func aLostTransactionIsTriedAgainOneByOne() async throws {
    // SQLite itself rolls back the whole transaction here, as it may when the disk is full.
    try await store.pool.write { database in
      try database.execute(
        sql: """
          CREATE TRIGGER rolls_back BEFORE INSERT ON run WHEN NEW.command = '17'
          BEGIN SELECT RAISE(ROLLBACK, 'lost'); END
          """)
    }
    let results = try await together(50) { [store] in
      try await store.open(.make(command: "\($0)"))
    }
    #expect(throws: StoreError.failed(.openRun, reason: "lost")) { try results[17].get() }
    #expect(results.filter { (try? $0.get()) != nil }.count == 49)
    #expect(try store.runs(limit: 99).count == 49)
    let verdict = try await store.verifyAudit()
    #expect(verdict.isIntact && verdict.rows == 49)
  }

  @Test func ofManyWhoCloseARunOneSucceeds() async throws {
    let id = try await store.open(.make())
    let results = try await together(20) { [store] in
      try await store.close(id, .done(result: "\($0)"), seconds: 1, by: .ada)
    }
    #expect(results.filter { (try? $0.get()) != nil }.count == 1)
    #expect(try store.auditHead().sequence == 2)
    #expect(try await store.verifyAudit().isIntact)
  }

  @Test func moreThanOneCommitHoldsAreAllKept() async throws {
    let results = try await together(600) { [store] in
      try await store.open(.make(command: "\($0)"))
    }
    #expect(Set(try results.map { try $0.get().number }) == Set(1...600))
    #expect(try await store.verifyAudit().rows == 600)
  }

  @Test func closingMakesWhatIsInLineAndRefusesTheRest() async throws {
    let gate = DispatchSemaphore(value: 0)
    store.pool.asyncWriteWithoutTransaction { _ in gate.wait() }
    let inLine = Task { [store] in try await store.open(.make()) }
    while store.writer.waiting < 1 { await Task.yield() }
    gate.signal()
    try store.close()
    #expect(try await inLine.value == RunID(number: 1))
    let error = await #expect(throws: StoreError.self) { try await store.open(.make()) }
    #expect(error?.description == "the store is closed: the run was not recorded")
    try store.close()
    let again = try Store.make(in: folder)
    #expect(again.interruptedRuns == 1)
  }
}
