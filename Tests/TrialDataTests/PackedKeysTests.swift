import Testing

@testable import TrialData

struct PackedKeysTests {
  @Test("sorts as the columns do, missing first, equal keys in their own order", arguments: 0..<50)
  func order(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let count = Int(random.next() % 40) + 1
    let columns = (0..<3).map { _ in
      (0..<count).map { _ in
        random.next() % 5 == 0 ? Cell.missing : Int64(random.next() % 7) - 3
      }
    }
    let expected = (0..<count).sorted { left, right in
      for column in columns where column[left] != column[right] {
        return column[left] < column[right]
      }
      return left < right
    }
    #expect(try #require(PackedKeys(columns)).sortedRows() == expected)
  }

  @Test("columns that need more than 64 bits are not packed")
  func tooWide() {
    #expect(PackedKeys([[0, 1 << 40], [0, 1 << 40]]) == nil)
    #expect(PackedKeys([[-Int64.max, Int64.max]]) == nil)
    #expect(PackedKeys([[0, Int64.max]]) == nil)
    #expect(PackedKeys([[Cell.missing, Cell.missing]])?.sortedRows() == [0, 1])
  }

  @Test("a table whose keys are not packed is sorted all the same")
  func unpacked() {
    let staged = StagedTable(.marker)
    for (subject, day) in [(2, 0), (1, Int64.max), (1, -5)] as [(Int64, Int64)] {
      staged.append(
        [subject, day, Cell.missing, 0, Cell.missing, Cell.missing], .init(file: 0, line: 1))
    }
    #expect(staged.sortedRows(ranks: [0, 1, 2]) == [2, 1, 0])
  }
}
