/// The texts of a pool as they were at one moment.
struct TextContent: Sendable {
  /// The way to the bytes of texts, which lasts as long as the call it was handed to.
  @unsafe struct Reach {
    let bytes: UnsafeBufferPointer<UInt8>
    let starts: UnsafeBufferPointer<Int>

    @inline(__always)
    func callAsFunction(_ cell: Int64) -> UnsafeBufferPointer<UInt8> {
      let position = Int(cell)
      unsafe precondition(
        position >= 0 && position + 1 < starts.count, "a cell is a text's position")
      let start = unsafe starts[position]
      return unsafe UnsafeBufferPointer(
        start: bytes.baseAddress.map { unsafe $0 + start }, count: starts[position + 1] - start)
    }
  }

  private let bytes: [UInt8]
  /// Where each text begins; the last is the end.
  private let starts: [Int]

  init(bytes: [UInt8], starts: [Int]) {
    self.bytes = bytes
    self.starts = starts
  }

  /// Hands over a way to the bytes of a text, which lasts as long as the call.
  func withTexts<Value>(_ body: (Reach) throws -> Value) rethrows -> Value {
    try unsafe bytes.withUnsafeBufferPointer { bytes in
      try unsafe starts.withUnsafeBufferPointer { starts in
        try unsafe body(Reach(bytes: bytes, starts: starts))
      }
    }
  }

  /// Each text as another one, at the same position.
  func mapped(_ change: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void) -> TextContent {
    unsafe withTexts { text in
      var bytes: [UInt8] = [0]
      var ends = [1]
      for position in 0..<(starts.count - 1) {
        unsafe change(text(Int64(position)), &bytes)
        ends.append(bytes.count)
      }
      return TextContent(bytes: bytes, starts: ends)
    }
  }
}
