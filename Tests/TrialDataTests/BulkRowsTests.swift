import Foundation
import GRDB
import Testing

@testable import TrialData

/// SQLite itself says whether the pages we write are those of a sound database.
struct BulkRowsTests {
  /// Checks a file of so many rows with SQLite and by its hash.
  private func check(
    _ rows: Int, text: (Int) -> String, evaluator: (Int) -> String = { _ in "" }
  ) throws {
    var measurements = "subject,lesion,day,visit,diameter,state,evaluator\n"
    for row in 0..<rows {
      measurements +=
        "S\(row % 7),\"\(text(row))\",\(row - 30_000),V,\(Double(row) / 8),,\(evaluator(row))\n"
    }
    var lesions: [String: String] = [:]
    for row in 0..<rows {
      lesions["S\(row % 7),\"\(text(row))\""] = "S\(row % 7),\"\(text(row))\",TARGET,0\n"
    }
    let importing = try Importing([
      "measurement.csv": measurements,
      "lesion.csv": "subject,lesion,role,nodal\n" + lesions.values.sorted().joined(),
    ])
    let report = try importing.report()
    let queue = try DatabaseQueue(path: report.path)
    let found = try queue.read { database in
      (
        try String.fetchAll(database, sql: "PRAGMA integrity_check"),
        try Int.fetchOne(database, sql: "SELECT count(*) FROM measurement") ?? 0,
        try Double.fetchOne(database, sql: "SELECT sum(diameter) FROM measurement") ?? 0,
        try Int.fetchOne(
          database,
          sql: "SELECT count(*) FROM measurement INDEXED BY measurement_key WHERE subject >= ''")
          ?? 0
      )
    }
    #expect(found.0 == ["ok"])
    #expect(found.1 == rows)
    #expect(found.2 == Double(rows * (rows - 1)) / 16)
    #expect(found.3 == rows)
    #expect(try TrialDataset(path: report.path).contentHash() == report.hash)
  }

  /// One leaf, two, a level of interior pages, two of them.
  @Test(
    "pages of any number are a sound database",
    arguments: [1, 2, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 200, 1_000, 20_000, 60_000])
  func sizes(rows: Int) throws { try check(rows) { _ in "T01" } }

  @Test(
    "texts of any length are kept", arguments: [1, 57, 58, 200, 700, 860, 1_000, 5_000, 70_000])
  func lengths(bytes: Int) throws {
    try check(40) { String(repeating: "é", count: bytes / 2) + "\($0 % 3)" }
  }

  @Test("rows on the brink of every page size", arguments: [3, 11, 23, 47])
  func brinks(step: Int) throws {
    try check(3_000) { String(repeating: "x", count: $0 * step % 400 + 1) }
  }

  @Test("missing values stand first in an index")
  func missing() throws {
    try check(5_000, text: { _ in "T" }, evaluator: { $0 % 2 == 0 ? "" : "R" })
  }

  @Test(
    "varints are SQLite's",
    arguments: [
      (0, [0]), (127, [127]), (128, [0x81, 0]), (16_383, [0xFF, 0x7F]), (16_384, [0x81, 0x80, 0]),
      (1 << 55, [0xC0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0]),
      (1 << 56, [0x80, 0xC0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0]),
      (.max, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
    ] as [(UInt64, [UInt8])])
  func varints(value: UInt64, bytes: [UInt8]) {
    var written = ByteBuffer()
    RecordBuffer.append(varint: value, to: &written)
    let copy = unsafe written.withBytes { unsafe Array($0) }
    #expect(copy == bytes)
  }
}
