import Foundation
import GRDB
import Testing

@testable import Store

/// Every schema ever released is opened by this version, from a database kept as SQL text.
struct OlderSchemaTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func build(_ schema: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder.data, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let url = Bundle.module.bundleURL.appending(path: "Schemas/\(schema).sql")
    let sql = try String(contentsOf: url, encoding: .utf8)
    let database = try DatabaseQueue(path: folder.database)
    try database.writeWithoutTransaction { try $0.execute(sql: sql) }
    try database.close()
  }

  /// The hashes in the text were checked by a program of twelve lines in another language.
  @Test func opensSchemaOne() async throws {
    try build("schema-1")
    let store = try Store.make(in: folder)
    #expect(store.interruptedRuns == 1)
    let verdict = try await store.verifyAudit(
      noted: AuditHead(
        sequence: 15, hash: "75bddf9c66f6f9032849ce976c7087ccaeb12de17dd6678d09ff3efcab3d8f63"))
    #expect(verdict.isIntact && verdict.rows == 16)

    #expect(try store.datasets().map(\.name) == ["p011"])
    #expect(try store.dataset(named: "p011")?.notes == #"["régression"]"#)
    let runs = try store.runs(limit: 9)
    #expect(runs.map(\.state) == [.interrupted, .cancelled, .refused, .done])
    #expect(runs.map(\.seconds) == [nil, nil, 0.25, 0.1])
    #expect(runs[2].request.seed == "18446744073709551615")
    let answer = try #require(try store.storedAnswer(runs[3].request.key))
    #expect(answer.id == RunID(number: 1))
    #expect(answer.result == #"{"estimates":[{"value":0.5}]}"#)
    #expect(answer.createdAt.description == "2026-11-22T09:30:00.125Z")
    #expect(try await store.open(.make()) == RunID(number: 5))
  }

  /// What was imported before plans were kept is older than any plan.
  @Test func datesTheImportsOfSchemaOne() async throws {
    try build("schema-1")
    let store = try Store.make(in: folder)
    let dataset = try #require(try store.dataset(named: "p011"))
    #expect(
      try store.firstImport(of: dataset)
        == FirstImport(sequence: 1, at: "2026-11-22T09:30:00.125Z"))
    let plan = try await store.register(.make(), by: .ada)
    #expect(plan.sequence == 17)
    #expect(try await store.verifyAudit().isIntact)
    try store.close()
    #expect(try Store.make(in: folder).plans() == [plan])
  }

  @Test func opensSchemaTwo() async throws {
    try build("schema-2")
    let store = try Store.make(in: folder)
    #expect(try await store.verifyAudit().isIntact)
    let plan = try #require(try store.plan(named: "primary"))
    #expect(plan.request.title == "ORR" && plan.sequence == 1)
    let dataset = try #require(try store.dataset(named: "p011"))
    #expect(try store.firstImport(of: dataset)?.sequence == 2)
    let run = try #require(try store.run(RunID(number: 1)))
    #expect(run.request.plan == RunPlan(name: "primary", statement: #"{"status":"planned"}"#))
    #expect(try store.storedAnswer(run.request.key)?.id == run.id)
  }

  @Test func opensSchemaThree() async throws {
    try build("schema-3")
    let store = try Store.make(in: folder)
    #expect(try await store.verifyAudit().isIntact)
    let run = try #require(try store.run(RunID(number: 1)))
    let second = SecondDataset(
      parameter: "reference", name: "p007", hash: String(repeating: "e6", count: 32))
    #expect(run.request.secondDataset == second)
    #expect(try store.storedAnswer(run.request.key)?.id == run.id)
    await #expect(throws: StoreError.datasetInUse(name: "p007", runs: 1)) {
      try await store.drop(dataset: "p007", by: .ada)
    }
  }

  /// What a release has written must not be made otherwise by a change of an earlier step.
  @Test(arguments: [
    ("schema-1", "1-catalog-runs-audit"), ("schema-2", "2-plans"),
    ("schema-3", "3-second-data-sets"),
  ])
  func buildsAnOlderSchemaAsItWasReleased(_ schema: String, _ step: String) throws {
    try build(schema)
    let kept = try DatabaseQueue(path: folder.database)
    let empty = try DatabaseQueue()
    try Schema.migrator.migrate(empty, upTo: step)
    let schemas = try [kept, empty].map { queue in
      try queue.read { database in
        try String.fetchSet(
          database, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> ?",
          arguments: ["grdb_migrations"])
      }
    }
    #expect(schemas[0] == schemas[1])
    #expect(schemas[0].count > 12)
  }
}
