/// Cuts a stream of bytes into lines, in whatever pieces it arrives.
///
/// A line ends at `\n`; one `\r` before it is not part of it. What a line holds past the limit is
/// never kept: the line is reported once, as soon as it is too long, and the rest of it is passed
/// over. The outcome depends on the bytes alone, never on where the pieces were cut.
///
///     var decoder = LineDecoder(maximumLineBytes: 64 << 20)
///     var position = 0
///     while let found = decoder.next(in: chunk.span, from: &position) { … }
package struct LineDecoder: Sendable {
  package enum Found: Sendable, Equatable {
    /// A line that lies whole in the chunk, as offsets into it.
    case within(Range<Int>)
    /// A line that began in an earlier chunk.
    case joined([UInt8])
    /// A line that has just passed the limit, or met a refusal to keep more of it.
    case tooLong
  }

  package let maximumLineBytes: Int
  /// The line begun in earlier chunks.
  private var begun: [UInt8] = []
  private var isDiscarding = false

  package init(maximumLineBytes: Int) { self.maximumLineBytes = maximumLineBytes }

  /// How many bytes of an unfinished line are held.
  package var heldByteCount: Int { begun.count }

  /// The next line of `chunk` at or after `position`, which moves on.
  ///
  /// Nil when the chunk is used up; what remains of it is then held.
  package mutating func next(in chunk: Span<UInt8>, from position: inout Int) -> Found? {
    while position < chunk.count {
      let start = position
      guard let end = chunk.firstLineFeed(from: start) else {
        position = chunk.count
        return hold(chunk, start..<chunk.count)
      }
      position = end + 1
      guard isDiscarding else {
        return finish(chunk, start..<end)
      }
      isDiscarding = false
    }
    return nil
  }

  /// The line left without its end when the stream is over; nil when there is none.
  package mutating func finish() -> [UInt8]? {
    defer { begun = [] }
    if begun.last == UInt8(ascii: "\r") { begun.removeLast() }
    return begun.isEmpty ? nil : begun
  }

  /// Lets go of the line under way; the rest of it is passed over.
  package mutating func discardLine() {
    begun = []
    isDiscarding = true
  }

  private mutating func hold(_ chunk: Span<UInt8>, _ range: Range<Int>) -> Found? {
    guard !isDiscarding, !range.isEmpty else { return nil }
    // The one byte more may be the "\r" that does not count.
    let excess = begun.count + range.count - maximumLineBytes
    guard excess <= 0 || excess == 1 && chunk[range.upperBound - 1] == UInt8(ascii: "\r")
    else {
      discardLine()
      return .tooLong
    }
    begun.append(copying: chunk.extracting(range))
    return nil
  }

  private mutating func finish(_ chunk: Span<UInt8>, _ range: Range<Int>) -> Found {
    guard begun.isEmpty else {
      begun.append(copying: chunk.extracting(range))
      var line: [UInt8] = []
      swap(&line, &begun)
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      return line.count > maximumLineBytes ? .tooLong : .joined(line)
    }
    var end = range.upperBound
    if end > range.lowerBound, chunk[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return end - range.lowerBound > maximumLineBytes
      ? .tooLong : .within(range.lowerBound..<end)
  }
}
