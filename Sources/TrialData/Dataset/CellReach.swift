/// The way to the cells of a table's columns, which lasts as long as the call it was handed to.
///
/// An array of arrays counts who holds each of them at every cell.
@unsafe struct CellReach {
  private let columns: UnsafeBufferPointer<UnsafeBufferPointer<Int64>>

  @inline(__always)
  func callAsFunction(_ row: Int, _ column: Int) -> Int64 {
    let cells = unsafe columns[column]
    precondition(row >= 0 && row < cells.count, "a row is one of its table's")
    return unsafe cells[row]
  }

  /// Hands over a way to the cells of columns.
  static func with<Value>(
    _ columns: [[Int64]], _ body: (CellReach) throws -> Value
  ) rethrows -> Value {
    try unsafe with(columns[...], [], body)
  }

  private static func with<Value>(
    _ rest: ArraySlice<[Int64]>, _ reached: [UnsafeBufferPointer<Int64>],
    _ body: (CellReach) throws -> Value
  ) rethrows -> Value {
    guard let next = rest.first else {
      return try unsafe reached.withUnsafeBufferPointer {
        try unsafe body(CellReach(columns: $0))
      }
    }
    return try unsafe next.withUnsafeBufferPointer {
      try unsafe with(rest.dropFirst(), reached + [$0], body)
    }
  }
}
