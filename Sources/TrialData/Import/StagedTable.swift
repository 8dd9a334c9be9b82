/// Rows on their way into a table.
final class StagedTable {
  let table: TrialTable
  /// Column by column in schema order; see ``Cell``.
  private(set) var columns: [[Int64]]
  /// The file and line each row came from.
  private(set) var places: [Place] = []

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
  }

  func cell(_ row: Int, _ column: Int) -> Int64 { columns[column][row] }

  /// Row numbers in the order of the key: missing first, numbers by value, texts by UTF-8 bytes.
  func sortedRows(ranks: [Int64]) -> [Int] {
    let keys = table.key.map { index in
      guard table.columns[index].kind.storage == .text else { return columns[index] }
      return columns[index].map { $0 == Cell.missing ? $0 : ranks[Int($0)] }
    }
    func precedes(_ left: Int, _ right: Int) -> Bool {
      for key in keys where key[left] != key[right] { return key[left] < key[right] }
      return left < right
    }
    let rows = Array(0..<rowCount)
    let isSorted = zip(rows, rows.dropFirst()).allSatisfy { precedes($0, $1) }
    return isSorted ? rows : rows.sorted(by: precedes)
  }
}
