import Foundation
import GRDB
import Glibc
import Testing

@testable import Store

struct FullDiskTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func saysSoAndGoesOnWhenThereIsRoomAgain() async throws {
    let store = try Store.make(in: folder)
    let kept = try await store.open(.make(command: "kept"))
    let pages = try await store.pool.writeWithoutTransaction { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages)")
      return pages
    }
    let long = String(repeating: "x", count: 100_000)
    let opening = await #expect(throws: StoreError.self) {
      try await store.open(.make(command: long))
    }
    #expect(opening?.description == "the disk is full: the run was not recorded")
    let closing = await #expect(throws: StoreError.self) {
      try await store.close(kept, .done(result: long), seconds: 1, by: .ada)
    }
    #expect(closing?.description == "the disk is full: the end of run 1 was not recorded")
    #expect(try store.run(kept)?.state == .running, "nothing is half-recorded")
    #expect(try store.runs(limit: 9).count == 1)
    #expect(try await store.verifyAudit().rows == 1)

    try await store.pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA max_page_count = \(pages + 1000)")
    }
    try await store.close(kept, .done(result: long), seconds: 1, by: .ada)
    _ = try await store.open(.make(command: long))
    #expect(try await store.verifyAudit().rows == 3)
  }

  @Test func costsOnlyTheRunsThatDoNotFit() async throws {
    let store = try Store.make(in: folder)
    let pages = try await store.pool.writeWithoutTransaction { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages + 40)")
      return pages
    }
    #expect(pages > 0)
    let long = String(repeating: "x", count: 1_000_000)
    let gate = DispatchSemaphore(value: 0)
    store.pool.asyncWriteWithoutTransaction { _ in gate.wait() }
    let opened = await withTaskGroup(of: RunID?.self) { group in
      for number in 0..<50 {
        group.addTask { try? await store.open(.make(command: number == 20 ? long : "short")) }
      }
      while store.writer.waiting < 50 { await Task.yield() }
      gate.signal()
      var opened: [RunID] = []
      for await id in group { if let id { opened.append(id) } }
      return opened
    }
    #expect(opened.count == 49)
    #expect(try store.runs(limit: 99).allSatisfy { $0.request.command == "short" })
    #expect(try await store.verifyAudit().rows == 49)
  }

  /// The kernel refuses to let the log grow, in a process of its own: the limit holds for all of it.
  @Test func survivesTheKernelsRefusalToWrite() async throws {
    let path = folder.data
    await #expect(processExitsWith: .success) { [path = path as String] in
      let store = try Store(folder: path, daemon: .daemon)
      let before = try await store.open(.make())
      signal(SIGXFSZ, SIG_IGN)
      let fileSize = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
      var limit = rlimit()
      try #require(unsafe getrlimit(fileSize, &limit) == 0)
      let unlimited = limit.rlim_cur
      limit.rlim_cur = 300_000
      try #require(unsafe setrlimit(fileSize, &limit) == 0)
      let long = String(repeating: "x", count: 400_000)
      let error = await #expect(throws: StoreError.self) {
        try await store.close(before, .done(result: long), seconds: 1, by: .ada)
      }
      try #require(
        error?.description
          == "the disk failed (disk I/O error): the end of run 1 was not recorded")
      try #require(try store.run(before)?.state == .running)

      // Closing would need room too, and loses nothing without it.
      let small = try await store.open(.make())
      limit.rlim_cur = 4096
      try #require(unsafe setrlimit(fileSize, &limit) == 0)
      let end = #expect(throws: StoreError.self) { try store.close() }
      try #require(
        end?.description == "the disk failed (disk I/O error): the log was not emptied into the "
          + "database, but nothing is lost")

      limit.rlim_cur = unlimited
      try #require(unsafe setrlimit(fileSize, &limit) == 0)
      let next = try Store(folder: path, daemon: .daemon)
      try #require(next.interruptedRuns == 2)
      try #require(try next.run(small)?.state == .interrupted)
      let id = try await next.open(.make())
      try await next.close(id, .done(result: long), seconds: 1, by: .ada)
      try #require(try await next.verifyAudit().rows == 6)
      try next.close()
    }
    let store = try Store(folder: path, daemon: .daemon)
    #expect(store.interruptedRuns == 0)
    #expect(try store.run(RunID(number: 3))?.state == .done)
  }
}
