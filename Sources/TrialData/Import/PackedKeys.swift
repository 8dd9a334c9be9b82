/// The keys of rows, each packed into one number of the same order.
struct PackedKeys {
  private var packed: [UInt64]

  /// Packs columns, the first the most significant; nothing where 64 bits are not enough.
  ///
  /// A missing value is 0, any other its distance from the column's smallest, plus one.
  init?(_ columns: [[Int64]]) {
    packed = Array(repeating: 0, count: columns.first?.count ?? 0)
    var bits = 0
    for column in columns {
      var least = Int64.max
      var most = Int64.min
      for cell in column where cell != Cell.missing {
        least = min(least, cell)
        most = max(most, cell)
      }
      let (range, isTooLarge) = most < least ? (0, false) : most.subtractingReportingOverflow(least)
      let width = isTooLarge ? 64 : 64 - (UInt64(range) + 1).leadingZeroBitCount
      bits += width
      guard bits <= 64, width < 64 else { return nil }
      for row in column.indices {
        let value = column[row] == Cell.missing ? 0 : UInt64(column[row] - least) + 1
        packed[row] = packed[row] << UInt64(width) | value
      }
    }
  }

  /// Row numbers in order; rows of one key in their own.
  func sortedRows() -> [Int] {
    var isSorted = true
    for row in packed.indices.dropFirst() where packed[row - 1] > packed[row] {
      isSorted = false
      break
    }
    if isSorted { return Array(packed.indices) }
    var entries = packed.enumerated().map { (key: $0.element, row: $0.offset) }
    entries.sort { $0.key == $1.key ? $0.row < $1.row : $0.key < $1.key }
    return entries.map(\.row)
  }
}
