import Testing

@testable import TrialData

/// A long chunk is read by two threads, a short one by one.
struct CSVTableReaderTests {
  struct Reading: Equatable {
    var rows: [[String?]] = []
    var lines: [UInt32] = []
    var problems: [String] = []
    var hasDroppedRows = false
  }

  private func read(_ bytes: [UInt8], chunk size: Int) throws -> Reading {
    let problems = ProblemList()
    var reader = CSVTableReader(
      file: "t.csv", delimiter: UInt8(ascii: ","), choice: ColumnChoice(), problems: problems)
    for start in stride(from: 0, to: bytes.count, by: size) {
      reader.read(bytes[start..<min(start + size, bytes.count)])
    }
    reader.finish()
    let table = try #require(
      reader.builders.first?.table(source: ImportReport.Source(name: "t.csv", sha256: "")))
    return Reading(
      rows: (0..<table.rowCount).map { row in [0, 2].map { table.text(row, $0) } },
      lines: table.lines, problems: problems.problems.map(\.description),
      hasDroppedRows: table.hasDroppedRows)
  }

  /// Lines of a trial among which there are some of another kind.
  private func file(_ odd: [String], every step: Int, seed: UInt64) -> [UInt8] {
    var random = SplitMix(state: seed)
    var text = "subject,ignored,day\n"
    for row in 0..<20_000 {
      text += "S\(random.next() % 900),x,\(row % 77)\n"
      if Int(random.next() % UInt64(step)) == 0, let line = odd.randomElement(using: &random) {
        text += line
      }
    }
    return Array(text.utf8)
  }

  @Test(
    "two threads read what one reads, and say what one says",
    arguments: [
      ["S1,\"a\nb\",2\n"], ["S1,x\n", "\n", "S1,x,3\r\n"], ["S1,x,\"2\"\"\"\n", "é,x,1\n"],
      ["S1,a\"b,2\n", "S1,\0,1\n"], ["S1,\"a\n,\n,\n\",2\r", "S1\r"],
    ], [3, 500])
  func threads(odd: [String], step: Int) throws {
    for seed in 0..<3 as Range<UInt64> {
      let bytes = file(odd, every: step, seed: seed)
      let alone = try read(bytes, chunk: 1000)
      #expect(alone.rows.count > 10_000)
      #expect(try read(bytes, chunk: bytes.count) == alone)
      #expect(try read(bytes, chunk: 150_001) == alone)
    }
  }

  @Test("a quote that is never closed is one record, however long a file it opens")
  func unclosed() throws {
    var bytes = file([], every: 2, seed: 1)
    bytes.replaceSubrange(100..<100, with: Array("\nS1,\"".utf8))
    let alone = try read(bytes, chunk: 1000)
    #expect(alone.rows.count < 20)
    #expect(try read(bytes, chunk: bytes.count) == alone)
  }
}
