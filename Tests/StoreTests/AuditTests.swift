import GRDB
import Testing

@testable import Store

struct AuditTests {
  private let folder: TemporaryFolder
  private let store: Store

  /// Ten rows: a data set, two runs with all they can go through, a dropped name, and notes.
  init() async throws {
    folder = try TemporaryFolder()
    store = try Store.make(in: folder)
    try await store.add(.make(), by: .ada)
    try await store.add(.make(name: "again"), by: .ada)
    let first = try await store.open(.make(datasetHash: DatasetRecord.make().hash))
    let second = try await store.open(.make(seed: "7"), isQueued: true)
    try await store.close(first, .done(result: "{}"), seconds: 0.5, by: .ada)
    try await store.start(second, by: .ada)
    try await store.answerAgain(first, by: .daemon)
    try await store.drop(dataset: "again", by: .ada)
    try await store.note(.plan(name: "plan.txt", sha256: "p1"), by: .ada)
    try await store.note(.setting(key: "conventions", value: "sas"), by: .ada)
  }

  /// Changes the file as somebody would who can write to it: the triggers are no obstacle.
  private func tamper(_ sql: String) throws {
    try store.pool.write { database in
      let triggers = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
      try database.execute(sql: sql)
    }
  }

  private func problem(after sql: String) async throws -> AuditVerdict.Problem? {
    try tamper(sql)
    return try await store.verifyAudit().problem
  }

  @Test func recordsEveryChangeInItsOrder() async throws {
    let rows = try store.auditRows(limit: 99)
    #expect(rows.map(\.sequence) == (1...10).reversed())
    #expect(
      rows.reversed().map { "\($0.action) \($0.subject) \($0.user)" } == [
        "dataset.add p011 ada", "dataset.add again ada", "run.open 1 ada", "run.open 2 ada",
        "run.close 1 ada", "run.start 2 ada", "run.answer 1 doubletd", "dataset.drop again ada",
        "plan plan.txt ada", "setting conventions ada",
      ])
    #expect(rows.map(\.detail).prefix(2) == ["sas", "p1"])
    #expect(try store.auditRows(limit: 2, before: 4).map(\.sequence) == [3, 2])
    let verdict = try await store.verifyAudit()
    #expect(verdict.isIntact && verdict.rows == 10)
    #expect(verdict.head == (try store.auditHead()))
    #expect(
      verdict.description
        == "the audit trail is intact: 10 rows, the last with hash \(rows[0].hash)")
  }

  @Test func holdsWhenEmpty() async throws {
    let other = try TemporaryFolder()
    let verdict = try await Store.make(in: other).verifyAudit()
    #expect(verdict.isIntact && verdict.rows == 0)
    #expect(verdict.description == "the audit trail is empty")
  }

  @Test(
    "names the row whatever field of it is altered", arguments: 1...10,
    [
      "at", "uid", "user", "action", "subject", "detail", "previous", "hash",
    ])
  func namesTheAlteredRow(sequence: Int64, field: String) async throws {
    let change = field == "uid" ? "uid + 1" : "\(field) || 'x'"
    let found = try await problem(
      after: "UPDATE audit SET \(field) = \(change) WHERE sequence = \(sequence)")
    #expect(found == .altered(sequence: sequence))
    #expect(
      try await store.verifyAudit().description
        == "the audit trail does not hold: row \(sequence) was altered")
  }

  @Test(arguments: 1...10)
  func namesARowThatWasTakenOut(sequence: Int64) async throws {
    let found = try await problem(after: "DELETE FROM audit WHERE sequence = \(sequence)")
    #expect(
      found == (sequence < 10 ? .missing(sequence: sequence) : .shortened(lastKept: 9, head: 10)))
  }

  @Test(arguments: 1...10)
  func namesARowWithAnotherNumber(sequence: Int64) async throws {
    let moved = try await problem(
      after: "UPDATE audit SET sequence = sequence + 100 WHERE sequence = \(sequence)")
    #expect(moved == .missing(sequence: sequence))
    let before = try await problem(
      after: "UPDATE audit SET sequence = -5 WHERE sequence = \(sequence + 100)")
    #expect(before == .altered(sequence: -5))
  }

  @Test func findsTheEndCutOff() async throws {
    let found = try await problem(after: "DELETE FROM audit WHERE sequence > 6")
    #expect(found == .shortened(lastKept: 6, head: 10))
    #expect(found?.description == "the rows after 6 are missing; there were 10")
    let all = try await problem(after: "DELETE FROM audit")
    #expect(all == .shortened(lastKept: 0, head: 10))
  }

  @Test func findsAnAlteredHead() async throws {
    let hash = try await problem(after: "UPDATE audit_head SET hash = 'x'")
    #expect(hash == .headDiffers(sequence: 10))
    let sequence = try await problem(after: "UPDATE audit_head SET sequence = 9")
    #expect(sequence == .headDiffers(sequence: 10))
    try tamper("DELETE FROM audit_head")
    let error = await #expect(throws: StoreError.self) { try await store.verifyAudit() }
    #expect(error == .corrupt(path: store.path, finding: "the audit trail has no head"))
  }

  @Test(arguments: 1...10)
  func findsARowGivenANewHash(sequence: Int64) async throws {
    var row = try #require(try store.auditRows(limit: 1, before: sequence + 1).first)
    row.user = "eve"
    let found = try await problem(
      after: """
        UPDATE audit SET user = 'eve', hash = '\(row.fittingHash)' WHERE sequence = \(sequence)
        """)
    #expect(found == (sequence < 10 ? .altered(sequence: sequence) : .headDiffers(sequence: 10)))
  }

  /// What the file alone cannot give away: a new end with a new head.
  @Test func findsARewrittenEndOnlyByAHeadNotedElsewhere() async throws {
    let noted = try store.auditHead()
    var row = try #require(try store.auditRows(limit: 1).first)
    row.detail = "r"
    try tamper(
      """
      UPDATE audit SET detail = 'r', hash = '\(row.fittingHash)' WHERE sequence = 10;
      UPDATE audit_head SET hash = '\(row.fittingHash)'
      """)
    #expect(try await store.verifyAudit().isIntact)
    #expect(try await store.verifyAudit(noted: noted).problem == .notedHeadDiffers(noted))
    let future = AuditHead(sequence: 11, hash: noted.hash)
    #expect(try await store.verifyAudit(noted: future).problem == .notedHeadDiffers(future))
  }

  @Test func acceptsAnyHeadOfItsOwnNotedEarlier() async throws {
    for row in try store.auditRows(limit: 99) {
      let noted = AuditHead(sequence: row.sequence, hash: row.hash)
      #expect(try await store.verifyAudit(noted: noted).isIntact)
    }
  }

  @Test(
    "finds a run that is not what was recorded",
    arguments: [
      ("result = '{\"p\":0.004}'", 1), ("seconds = 0.4", 1), ("error = 'x'", 1),
      ("state = 'failed', result = NULL", 1),
      ("command = 'x'", 1), ("analysis = 'x'", 1), ("parameters = '{}'", 1), ("seed = '8'", 2),
      ("seed = NULL", 2), ("plugin_id = 'x'", 1), ("plugin_version = '1'", 1),
      ("plugin_hash = 'x'", 1), ("request_key = 'x'", 1), ("request_key = 'x'", 2),
      ("dataset_hash = NULL", 1), ("uid = 0", 1), ("user = 'eve'", 2),
      ("created_at = '2026-01-01T00:00:00.000Z'", 1),
      ("ended_at = '2026-01-01T00:00:00.000Z'", 1),
      ("started_at = '2026-01-01T00:00:00.000Z'", 1),
      ("started_at = '2026-01-01T00:00:00.000Z'", 2),
      ("state = 'failed', ended_at = '2026-01-01T00:00:00.000Z'", 2),
    ])
  func findsAnAlteredRun(change: String, id: Int64) async throws {
    let found = try await problem(after: "UPDATE run SET \(change) WHERE id = \(id)")
    guard case .runDiffers(let run, _) = found else {
      Issue.record("found \(String(describing: found))")
      return
    }
    #expect(run.number == id)
  }

  @Test func findsARunTakenOutOrPutIn() async throws {
    let copied = try await problem(
      after: """
        INSERT INTO run SELECT 3, uid, user, command, analysis, parameters, seed, plugin_id,
          plugin_version, plugin_hash, dataset_hash, request_key, created_at, state, started_at,
          ended_at, seconds, error, result FROM run WHERE id = 1
        """)
    #expect(copied == .runUnrecorded(RunID(number: 3)))
    let deleted = try await problem(after: "DELETE FROM run WHERE id IN (2, 3)")
    #expect(deleted == .runMissing(RunID(number: 2), sequence: 4))
  }

  @Test(arguments: [
    "UPDATE dataset SET file = 'x'", "UPDATE dataset SET subjects = 31", "DELETE FROM dataset",
    "UPDATE dataset SET notes = '[1]'", "UPDATE dataset SET imported_by = 'eve'",
  ])
  func findsAnAlteredCatalog(change: String) async throws {
    #expect(try await problem(after: change) == .datasetDiffers(name: "p011"))
  }

  @Test func findsANameTheTrailDropped() async throws {
    let found = try await problem(
      after: """
        INSERT INTO dataset SELECT 'again', hash, file, imported_at, imported_by, subjects, tables,
          sources, notes FROM dataset
        """)
    #expect(found == .datasetDiffers(name: "again"))
  }
}
