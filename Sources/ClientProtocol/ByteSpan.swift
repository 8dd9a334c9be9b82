import Glibc

extension Span<UInt8> {
  /// Where the first `\n` at or after `start` is.
  package func firstLineFeed(from start: Int) -> Int? {
    unsafe withUnsafeBufferPointer { buffer in
      guard start < buffer.count, let base = buffer.baseAddress,
        let found = unsafe memchr(base + start, 0x0A, buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }

  /// Whether the bytes of `range` spell `word`.
  package func spells(_ word: StaticString, in range: Range<Int>) -> Bool {
    guard word.utf8CodeUnitCount == range.count else { return false }
    return unsafe withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return range.isEmpty }
      return unsafe memcmp(base + range.lowerBound, word.utf8Start, range.count) == 0
    }
  }
}

extension [UInt8] {
  package init(copying span: Span<UInt8>) {
    self = unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
  }

  package mutating func append(copying span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
