/// Rows on their way into a table.
final class StagedTable {
  let table: TrialTable
  /// Column by column in schema order; see ``Cell``.
  private(set) var columns: [[Int64]]
  /// The file and line each row came from.
  private(set) var places: [Place] = []
  /// Row numbers in the order of the key, once they are sorted.
  private var order: [Int]?

  struct Place: Hashable {
    var file: UInt32
    var line: UInt32
  }

  init(_ table: TrialTable) {
    self.table = table
    columns = table.columns.map { _ in [] }
  }

  var rowCount: Int { places.count }

  func append(_ cells: [Int64], _ place: Place) {
    for index in cells.indices { columns[index].append(cells[index]) }
    places.append(place)
    order = nil
  }

  /// Adds the rows of one file, column by column.
  func append(columns more: [[Int64]], file: UInt32, lines: [UInt32]) {
    let isFirst = places.isEmpty
    for index in more.indices {
      if isFirst { columns[index] = more[index] } else { columns[index] += more[index] }
    }
    places.reserveCapacity(places.count + lines.count)
    for line in lines { places.append(Place(file: file, line: line)) }
    order = nil
  }

  func cell(_ row: Int, _ column: Int) -> Int64 { columns[column][row] }

  /// Row numbers in the order of the key: missing first, numbers by value, texts by UTF-8 bytes.
  func sortedRows(ranks: [Int64]) -> [Int] {
    if let order { return order }
    let sorted = isSorted(ranks) ? Array(0..<rowCount) : self.rows(sortedBy: ranks)
    order = sorted
    return sorted
  }

  /// Whether the rows are in the order of the key already, as those of most exported files are.
  private func isSorted(_ ranks: [Int64]) -> Bool {
    let keys = table.key.map { index in
      (cells: columns[index], isText: table.columns[index].kind.storage == .text)
    }
    return (0..<rowCount).dropFirst().allSatisfy { row in
      for key in keys {
        let (last, next) = (key.cells[row - 1], key.cells[row])
        if last == next { continue }
        guard key.isText, last != Cell.missing, next != Cell.missing else { return last < next }
        return ranks[Int(last)] < ranks[Int(next)]
      }
      return true
    }
  }

  private func rows(sortedBy ranks: [Int64]) -> [Int] {
    let keys = table.key.map { index in
      guard table.columns[index].kind.storage == .text else { return columns[index] }
      return columns[index].map { $0 == Cell.missing ? $0 : ranks[Int($0)] }
    }
    return PackedKeys(keys)?.sortedRows() ?? Self.sortedRows(keys, count: rowCount)
  }

  private static func sortedRows(_ keys: [[Int64]], count: Int) -> [Int] {
    (0..<count).sorted { left, right in
      for key in keys where key[left] != key[right] { return key[left] < key[right] }
      return left < right
    }
  }
}
