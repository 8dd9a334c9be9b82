/// What takes the cells of rows one by one, each in a form of its own.
protocol CellSink: ~Copyable {
  mutating func addMissing()
  mutating func add(text: UnsafeBufferPointer<UInt8>)
  mutating func add(_ number: Int64)
  mutating func add(_ number: Double)
}

extension CellSink where Self: ~Copyable {
  /// Adds a cell; one of a text is its position.
  @inline(__always)
  mutating func add(_ cell: Int64, _ storage: ColumnKind.Storage, _ text: TextContent.Reach) {
    if cell == Cell.missing { return addMissing() }
    switch storage {
    case .text: unsafe add(text: text(cell))
    case .integer: add(cell)
    case .real: add(Cell.number(cell))
    }
  }
}
