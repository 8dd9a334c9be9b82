import Foundation
import GRDB
import Testing

@testable import Store

struct OpeningTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  private func failure() -> StoreError? {
    #expect(throws: StoreError.self) { try Store.make(in: folder) }
  }

  @Test func isSafeAtAPowerLossAtEveryStart() throws {
    for _ in 1...2 {
      let store = try Store.make(in: folder)
      let settings = try store.pool.writeWithoutTransaction { database in
        try ["synchronous", "journal_mode", "foreign_keys"].map {
          try String.fetchOne(database, sql: "PRAGMA \($0)")
        }
      }
      #expect(settings == ["2", "wal", "1"])
      try store.close()
    }
    #expect(
      StoreError.notDurable(setting: "synchronous", found: "1").description
        == "the database would not be safe at a power loss: synchronous reads back 1")
  }

  @Test func keepsItsFilesToItself() async throws {
    let store = try Store.make(in: folder)
    _ = try await store.open(.make())
    #expect(try mode(folder.data) == 0o700)
    for file in ["", "-wal", "-shm"] { #expect(try mode(folder.database + file) == 0o600) }
  }

  @Test func closesAnOpenFolderToOthers() throws {
    try FileManager.default.createDirectory(
      atPath: folder.data, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o775])
    try Store.make(in: folder).close()
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.database)
    try Store.make(in: folder).close()
    #expect(try mode(folder.data) == 0o700)
    #expect(try mode(folder.database) == 0o600)
  }

  @Test func refusesAFolderForEverybody() throws {
    try FileManager.default.createDirectory(atPath: folder.data, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o1777], ofItemAtPath: folder.data)
    #expect(
      failure()?.description
        == "everybody can write to the data folder \(folder.data); choose one of your own")
    #expect(!FileManager.default.fileExists(atPath: folder.database))
  }

  @Test func refusesAFileAsFolder() throws {
    try Data("x".utf8).write(to: URL(filePath: folder.data))
    #expect(
      failure()?.description
        == "the data folder \(folder.data) cannot be used: it is not a folder")
  }

  @Test func refusesAFolderBelowAFile() throws {
    try Data("x".utf8).write(to: URL(filePath: folder.data))
    let error = #expect(throws: StoreError.self) {
      try Store(folder: folder.data + "/below", daemon: .daemon)
    }
    #expect(
      error?.description
        == "the data folder \(folder.data)/below cannot be used: Not a directory")
    #expect(throws: StoreError.self) { try Store(folder: "", daemon: .daemon) }
  }

  @Test func letsOneStoreInAtATime() throws {
    let store = try Store.make(in: folder)
    #expect(failure()?.description == "another doubletd is using the data folder \(folder.data)")
    try store.close()
    let next = try Store.make(in: folder)
    #expect(failure() == .inUse(path: folder.data), "even by another path")
    withExtendedLifetime(next) {}
  }

  @Test func readsTheFolderThroughALink() throws {
    let store = try Store.make(in: folder)
    let link = folder.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.data)
    #expect(throws: StoreError.inUse(path: folder.data)) {
      try Store(folder: link, daemon: .daemon)
    }
    withExtendedLifetime(store) {}
  }

  @Test func interruptsTheRunsACrashLeft() async throws {
    let store = try Store.make(in: folder)
    #expect(store.interruptedRuns == 0)
    let done = try await store.open(.make())
    try await store.close(done, .done(result: "1"), seconds: 1, by: .ada)
    let running = try await store.open(.make())
    let queued = try await store.open(.make(), isQueued: true)
    try store.close()

    let next = try Store.make(in: folder)
    #expect(next.interruptedRuns == 2)
    #expect(try next.runCounts() == [.done: 1, .interrupted: 2])
    #expect(try next.run(running)?.endedAt != nil)
    let rows = try next.auditRows(limit: 2)
    #expect(rows.map(\.subject) == [queued.description, running.description])
    #expect(rows.allSatisfy { $0.action == "run.close" && $0.user == "doubletd" })
    #expect(rows.allSatisfy { $0.detail.hasPrefix("interrupted ") })
    #expect(try await next.verifyAudit().isIntact)
    try next.close()
    #expect(try Store.make(in: folder).interruptedRuns == 0, "once only")
  }

  @Test func refusesANewerSchema() throws {
    let store = try Store.make(in: folder)
    try store.pool.write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2-from-the-future')")
    }
    try store.close()
    #expect(
      failure()?.description
        == "\(folder.database) was written by a newer Doublet (its schema is "
        + "\"2-from-the-future\"); install that version or choose another data folder")
    #expect(failure() != nil, "the lock was let go")
  }

  @Test func refusesAnotherProgramsDatabase() throws {
    try FileManager.default.createDirectory(atPath: folder.data, withIntermediateDirectories: true)
    let other = try DatabaseQueue(path: folder.database)
    try other.write { try $0.execute(sql: "CREATE TABLE bookmark (url TEXT)") }
    try other.close()
    #expect(failure()?.description == "\(folder.database) is a database of another program")
  }

  @Test func refusesAFileThatIsNoDatabase() throws {
    try FileManager.default.createDirectory(atPath: folder.data, withIntermediateDirectories: true)
    try Data(repeating: 0x41, count: 8192).write(to: URL(filePath: folder.database))
    #expect(
      failure()?.description
        == "\(folder.database) is damaged (file is not a database); "
        + "restore a backup, or move the file away to start anew")
  }

  /// Each page in turn, those too that opening has no other cause to read.
  @Test func refusesADamagedDatabase() async throws {
    let store = try Store.make(in: folder)
    let id = try await store.open(.make())
    try await store.close(id, .done(result: "1"), seconds: 1, by: .ada)
    let pages = try await store.pool.read { database in
      try Int.fetchAll(database, sql: "SELECT rootpage FROM sqlite_schema WHERE rootpage > 0")
    }
    try store.close()
    let file = URL(filePath: folder.database)
    let sound = try Data(contentsOf: file)
    #expect(pages.count > 8)
    for page in pages {
      var bytes = sound
      let start = (page - 1) * 4096
      bytes.replaceSubrange(start..<start + 64, with: Data(repeating: 0xFF, count: 64))
      try bytes.write(to: file)
      guard case .corrupt(let path, let finding) = failure() else {
        Issue.record(
          "a database with page \(page) damaged was opened: \(String(describing: failure()))")
        continue
      }
      #expect(path == folder.database && !finding.isEmpty)
    }
    try sound.write(to: file)
    #expect(try await Store.make(in: folder).verifyAudit().isIntact)
  }

  @Test func emptiesTheLogWhenItCloses() async throws {
    let store = try Store.make(in: folder)
    _ = try await store.open(.make())
    try store.close()
    #expect(!FileManager.default.fileExists(atPath: folder.database + "-wal"))
  }

  @Test func copiesItselfWhileItWorks() async throws {
    let store = try Store.make(in: folder)
    let id = try await store.open(.make())
    let copy = folder.path + "/copy/doublet.sqlite"
    try FileManager.default.createDirectory(
      atPath: folder.path + "/copy", withIntermediateDirectories: true)
    try await store.backup(to: copy)
    try await store.close(id, .done(result: "1"), seconds: 1, by: .ada)
    #expect(try mode(copy) == 0o600)
    #expect(!FileManager.default.fileExists(atPath: copy + "-wal"))
    let error = await #expect(throws: StoreError.self) { try await store.backup(to: copy) }
    #expect(error?.description == "\(copy) is already there")

    let restored = try Store(folder: folder.path + "/copy", daemon: .daemon)
    #expect(restored.interruptedRuns == 1)
    #expect(try await restored.verifyAudit().isIntact)
    await #expect(throws: StoreError.self) { try await store.backup(to: "/nowhere/at/all") }
  }
}
