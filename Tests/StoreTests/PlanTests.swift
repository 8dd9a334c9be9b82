import GRDB
import Testing

@testable import Store

extension PlanRequest {
  static func make(
    name: String = "primary", sha256: String = String(repeating: "c3", count: 32),
    dataset: String? = nil
  ) -> PlanRequest {
    PlanRequest(
      name: name, sha256: sha256, text: "title = \"ORR\"\n", title: "ORR",
      analysis: "response-rate", parameters: #"{"level":0.95}"#, dataset: dataset,
      pluginID: "response-rate", pluginVersion: "1.0.0",
      pluginHash: String(repeating: "a1", count: 32))
  }
}

struct PlanTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.make(in: folder)
  }

  private func dataset(
    _ name: String = "p011", hash: String = "d5", sources: String = "[]"
  ) -> DatasetRecord {
    var record = DatasetRecord.make(name: name, hash: hash)
    record.sources = sources
    return record
  }

  @Test func isKeptWithItsHashInTheTrail() async throws {
    let plan = try await store.register(.make(), by: .ada)
    #expect(plan.sequence == 1 && plan.registeredBy == "ada")
    let row = try #require(try store.auditRows(limit: 1).first)
    #expect(row.action == "plan" && row.subject == "primary")
    #expect(row.detail.hasPrefix(plan.request.sha256 + " "))
    #expect(try store.plan(named: "primary") == plan)
    #expect(try store.plans() == [plan])
    #expect(try store.plan(named: "other") == nil)
    #expect(try await store.verifyAudit().isIntact)
  }

  @Test func theSameFileIsThereAlreadyAndAnotherIsRefused() async throws {
    let plan = try await store.register(.make(), by: .ada)
    #expect(try await store.register(.make(), by: .daemon) == plan)
    #expect(try store.auditHead().sequence == 1)
    let error = await #expect(throws: StoreError.self) {
      try await store.register(.make(sha256: "other"), by: .ada)
    }
    #expect(error?.description == "there is already a plan primary, of another file")
  }

  @Test func aDatasetIsDatedByItsFirstImport() async throws {
    try await store.add(dataset(), by: .ada)
    try await store.drop(dataset: "p011", by: .ada)
    try await store.register(.make(), by: .ada)
    try await store.add(dataset("again"), by: .ada)
    #expect(try store.firstImport(of: dataset("again"))?.sequence == 1)
    #expect(try store.firstImport(of: dataset(hash: "e6")) == nil)
  }

  @Test func aDatasetIsDatedByItsSourcesToo() async throws {
    let source = #"[{"name":"a.csv","sha256":"aa"},{"name":"b.csv","sha256":"bb"}]"#
    try await store.add(dataset(sources: source), by: .ada)
    let later = dataset("other", hash: "e6", sources: #"[{"name":"x.csv","sha256":"bb"}]"#)
    try await store.add(later, by: .ada)
    #expect(try store.firstImport(of: later)?.sequence == 1)
    let unrelated = dataset("third", hash: "f7", sources: #"[{"name":"y.csv","sha256":"cc"}]"#)
    try await store.add(unrelated, by: .ada)
    #expect(try store.firstImport(of: unrelated)?.sequence == 3)
    #expect(try await store.verifyAudit().isIntact)
  }

  @Test(arguments: ["", "no JSON", "[1, \"a\", null]", "{}", #"[{"name":"a"}]"#])
  func oddSourcesDateNothing(_ sources: String) async throws {
    try await store.add(dataset(sources: sources), by: .ada)
    #expect(try store.firstImport(of: dataset(sources: sources))?.sequence == 1)
  }

  @Test func aRunKeepsItsPlan() async throws {
    try await store.register(.make(), by: .ada)
    var request = RunRequest.make()
    let plain = request.key
    request.plan = RunPlan(name: "primary", statement: #"{"status":"planned"}"#)
    #expect(request.key != plain)
    let id = try await store.open(request)
    try await store.close(id, .done(result: "{}"), seconds: 1, by: .ada)
    #expect(try store.run(id)?.request == request)
    #expect(try store.storedAnswer(request.key)?.id == id)
    #expect(try store.storedAnswer(plain) == nil)
    #expect(try store.runs(ofPlan: "primary", limit: 9).map(\.id) == [id])
    #expect(try store.runs(ofPlan: "other", limit: 9).isEmpty)
    #expect(try await store.verifyAudit().isIntact)
  }

  private static let guarded: [(String, String)] = [
    ("UPDATE plan SET text = 'x'", "a plan never changes"),
    ("DELETE FROM plan", "a plan is never deleted"),
    ("INSERT OR REPLACE INTO plan SELECT * FROM plan", "a plan never changes"),
    ("UPDATE seen SET sequence = 99", "a first import never changes"),
    ("DELETE FROM seen", "a first import is never forgotten"),
    ("UPDATE run_plan SET statement = ''", "what a run was asked never changes"),
    ("DELETE FROM run_plan", "what a run was asked never changes"),
    (
      "INSERT OR REPLACE INTO run_plan SELECT * FROM run_plan", "what a run was asked never changes"
    ),
  ]

  @Test(arguments: guarded)
  func theTablesForbid(_ sql: String, _ reason: String) async throws {
    try await fill()
    let error = #expect(throws: DatabaseError.self) {
      try store.pool.write { try $0.execute(sql: sql) }
    }
    #expect(error?.message == reason)
  }

  private func fill() async throws {
    try await store.register(.make(), by: .ada)
    try await store.add(dataset(), by: .ada)
    var request = RunRequest.make()
    request.plan = RunPlan(name: "primary", statement: "{}")
    let id = try await store.open(request)
    try await store.close(id, .done(result: "{}"), seconds: 1, by: .ada)
  }

  @Test(
    arguments: [
      ("UPDATE plan SET parameters = '{}'", .planDiffers(name: "primary")),
      ("UPDATE plan SET text = 'x'", .planDiffers(name: "primary")),
      ("UPDATE plan SET sequence = 2", .planDiffers(name: "primary")),
      ("PRAGMA foreign_keys = OFF; DELETE FROM plan", .planDiffers(name: "primary")),
      ("UPDATE plan SET name = 'other'", .planDiffers(name: "other")),
      ("DELETE FROM seen", .firstImportDiffers(sha256: "d5")),
      ("UPDATE seen SET sequence = 1", .firstImportDiffers(sha256: "d5")),
      ("UPDATE seen SET sequence = 9", .firstImportDiffers(sha256: "d5")),
      ("UPDATE run_plan SET statement = 'x'", .runDiffers(RunID(number: 1), sequence: 3)),
      ("DELETE FROM run_plan", .runDiffers(RunID(number: 1), sequence: 3)),
    ] as [(String, AuditVerdict.Problem)])
  func theTrailGivesTamperingAway(_ sql: String, _ problem: AuditVerdict.Problem) async throws {
    try await fill()
    #expect(try await store.verifyAudit().isIntact)
    try await store.pool.writeWithoutTransaction { database in
      let triggers = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
      try database.execute(sql: "PRAGMA foreign_keys = OFF")
      try database.execute(sql: sql)
    }
    #expect(try await store.verifyAudit().problem == problem)
  }
}
