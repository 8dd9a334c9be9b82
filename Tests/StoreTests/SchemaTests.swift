import GRDB
import Testing

@testable import Store

/// What the tables themselves forbid, whatever code stands above them.
struct SchemaTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() async throws {
    folder = try TemporaryFolder()
    store = try Store.make(in: folder)
    try await store.add(.make(), by: .ada)
    let id = try await store.open(.make(datasetHash: DatasetRecord.make().hash))
    try await store.close(id, .done(result: "1"), seconds: 1, by: .ada)
    _ = try await store.open(.make())
    let other = DatasetRecord.make(name: "p007", hash: String(repeating: "e6", count: 32))
    try await store.add(other, by: .ada)
    _ = try await store.open(
      .make(secondDataset: .init(parameter: "reference", name: "p007", hash: other.hash)))
  }

  @Test(
    arguments: [
      ("UPDATE audit SET user = 'eve' WHERE sequence = 1", "the audit trail never changes"),
      ("DELETE FROM audit WHERE sequence = 4", "the audit trail is never deleted"),
      (
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE sequence = 4",
        "the audit trail grows at its end only"
      ),
      (
        """
        INSERT INTO audit SELECT sequence + 2, at, uid, user, action, subject, detail, hash, hash
        FROM audit WHERE sequence = 4
        """, "the audit trail grows at its end only"
      ),
      (
        """
        INSERT INTO audit SELECT 5, at, uid, user, action, subject, detail, previous, hash
        FROM audit WHERE sequence = 4
        """, "the audit trail grows at its end only"
      ),
      ("UPDATE run SET result = '2' WHERE id = 1", "a closed run never changes"),
      ("UPDATE run SET state = 'running' WHERE id = 1", "a closed run never changes"),
      ("UPDATE run SET parameters = '{}' WHERE id = 2", "what a run was asked never changes"),
      ("DELETE FROM run WHERE id = 2", "a run is never deleted"),
      ("UPDATE dataset SET file = 'x'", "a data set never changes"),
      ("DELETE FROM dataset", "a run cites the data set"),
      ("DELETE FROM dataset WHERE name = 'p007'", "a run cites the data set"),
      ("UPDATE run_second_dataset SET name = 'x'", "what a run was asked never changes"),
      ("DELETE FROM run_second_dataset", "what a run was asked never changes"),
      (
        "INSERT OR REPLACE INTO run_second_dataset SELECT * FROM run_second_dataset",
        "what a run was asked never changes"
      ),
      (
        "INSERT INTO run_second_dataset VALUES (2, 'reference', 'x', 'gone')",
        "the data set is gone"
      ),
      (
        """
        INSERT INTO run (uid, user, command, analysis, parameters, plugin_id, plugin_version,
          plugin_hash, dataset_hash, request_key, created_at, state)
        VALUES (1, '', '', '', '', '', '', '', 'gone', '', '', 'queued')
        """, "the data set is gone"
      ),
    ])
  func forbids(sql: String, reason: String) throws {
    let error = #expect(throws: DatabaseError.self) {
      try store.pool.write { try $0.execute(sql: sql) }
    }
    #expect(error?.message == reason)
  }

  @Test(arguments: [
    "UPDATE run SET state = 'done' WHERE id = 2",
    "UPDATE run SET state = 'done', ended_at = 'now' WHERE id = 2",
    "UPDATE run SET ended_at = 'now' WHERE id = 2",
    "UPDATE run SET state = 'failed', ended_at = 'now', result = '1' WHERE id = 2",
    "UPDATE run SET started_at = NULL WHERE id = 2",
    "UPDATE run SET state = 'finished' WHERE id = 2",
    "UPDATE audit_head SET id = 2",
  ])
  func forbidsHalfStates(sql: String) throws {
    let error = #expect(throws: DatabaseError.self) {
      try store.pool.write { try $0.execute(sql: sql) }
    }
    #expect(error?.resultCode == .SQLITE_CONSTRAINT)
  }

  @Test func neverUsesARunsNumberTwice() throws {
    let sql = try store.pool.read {
      try String.fetchOne($0, sql: "SELECT sql FROM sqlite_schema WHERE name = 'run'")
    }
    #expect(sql?.contains("AUTOINCREMENT") == true)
  }
}
