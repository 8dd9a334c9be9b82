/// The texts of a pool as they were at one moment.
struct TextContent: Sendable {
  private let bytes: [UInt8]
  /// Where each text begins; the last is the end.
  private let starts: [Int]

  init(bytes: [UInt8], starts: [Int]) {
    self.bytes = bytes
    self.starts = starts
  }

  /// Hands over a way to the bytes of a text, which lasts as long as the call.
  func withTexts<Value>(
    _ body: ((_ cell: Int64) -> UnsafeBufferPointer<UInt8>) throws -> Value
  ) rethrows -> Value {
    try unsafe bytes.withUnsafeBufferPointer { bytes in
      try unsafe body { cell in
        let position = Int(cell)
        return unsafe UnsafeBufferPointer(rebasing: bytes[starts[position]..<starts[position + 1]])
      }
    }
  }
}
