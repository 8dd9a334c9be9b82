/// Cuts what arrives on a socket into lines.
struct LineBuffer {
  struct TooLong: Error, Hashable {
    let limitBytes: Int
  }

  private var bytes: [UInt8] = []
  private var start = 0
  /// Where the search for a line feed goes on: a long line is looked through once.
  private var searched = 0
  private let limitBytes: Int

  init(limitBytes: Int) { self.limitBytes = limitBytes }

  mutating func append(_ chunk: some Collection<UInt8>) {
    if start > 0, start == bytes.count || start > 1 << 20 {
      bytes.removeFirst(start)
      searched -= start
      start = 0
    }
    bytes.append(contentsOf: chunk)
  }

  /// The next whole line without its end.
  ///
  /// - Throws: ``TooLong`` when a line has no end within the limit; nothing after it can be read.
  mutating func next() throws(TooLong) -> [UInt8]? {
    guard let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = bytes.count
      guard bytes.count - start <= limitBytes else { throw TooLong(limitBytes: limitBytes) }
      return nil
    }
    guard end - start <= limitBytes else { throw TooLong(limitBytes: limitBytes) }
    defer {
      start = end + 1
      searched = start
    }
    return Array(bytes[start..<end])
  }
}
