/// Cuts a stream of bytes into lines.
///
/// A line longer than the limit is an error as soon as the limit is passed, not when its end
/// arrives, so the buffer never holds more than the limit and one read.
public struct LineBuffer: Sendable {
  /// A line that is longer than agreed.
  public struct LineTooLong: Error, Hashable {
    public let limit: Int

    public init(limit: Int) { self.limit = limit }
  }

  /// A buffer of this size is kept for the next line; a larger one is given back.
  private static let keptCapacity = 256 << 10

  public let limit: Int
  private var bytes: [UInt8] = []
  private var start = 0
  private var scanned = 0

  public init(limit: Int = Wire.maximumLineBytes) { self.limit = limit }

  /// Whether a line has begun and not ended.
  public var holdsPartialLine: Bool { start < bytes.count }

  public mutating func append(_ chunk: ArraySlice<UInt8>) { bytes.append(contentsOf: chunk) }

  /// The next complete line without its end, or nil until more bytes arrive.
  public mutating func next() throws(LineTooLong) -> [UInt8]? {
    while scanned < bytes.count, bytes[scanned] != UInt8(ascii: "\n") { scanned += 1 }
    guard scanned - start <= limit else { throw LineTooLong(limit: limit) }
    guard scanned < bytes.count else {
      discardTaken()
      return nil
    }
    var end = scanned
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    let line = Array(bytes[start..<end])
    scanned += 1
    start = scanned
    return line
  }

  private mutating func discardTaken() {
    guard start > 0 else { return }
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptCapacity)
    } else {
      bytes.removeSubrange(..<start)
    }
    scanned -= start
    start = 0
  }
}
