/// Finds where the fields of a record end that needs no thought, eight bytes at a time.
///
/// A record with a quote, a NUL or a byte above 0x7F, one that ends with a lone CR, one of hundreds
/// of fields or many kilobytes, and one whose end is not in the chunk are left to ``CSVReader``, which
/// reads byte by byte.
struct PlainScanner {
  private static let mostFields = 512
  private static let mostBytes = 1 << 16
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let low7: UInt64 = ones * 0x7F
  private static let high: UInt64 = ones * 0x80
  private static let quotes: UInt64 = ones * 0x22
  /// Added to a byte of seven bits it carries unless the byte is a control character.
  private static let controls: UInt64 = ones * 0x60

  private let delimiter: UInt8
  private let delimiters: UInt64
  private var ends = [Int](repeating: 0, count: mostFields)

  /// Nothing for a delimiter that means something else too.
  init?(delimiter: UInt8) {
    guard delimiter < 0x80, ![0, 0x0A, 0x0D, 0x22].contains(delimiter) else { return nil }
    self.delimiter = delimiter
    delimiters = Self.ones * UInt64(delimiter)
  }

  /// Hands over the record that begins at a place of the buffer.
  ///
  /// - Returns: Where the next one begins, or nothing if this is not a plain one.
  @inline(__always)
  mutating func scan(
    _ buffer: UnsafeBufferPointer<UInt8>, from start: Int, line: Int, _ body: (PlainRecord) -> Void
  ) -> Int? {
    unsafe ends.withUnsafeMutableBufferPointer { [delimiter, delimiters] ends in
      var fields = 0
      var offset = start
      let raw = UnsafeRawBufferPointer(buffer)
      while offset + 8 <= buffer.count, offset - start < Self.mostBytes {
        let word = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        var marks = Self.marks(UInt64(littleEndian: word), delimiters)
        while marks != 0 {
          let index = offset + marks.trailingZeroBitCount >> 3
          marks &= marks - 1
          let byte = unsafe buffer[index]
          if byte == delimiter {
            guard fields < Self.mostFields - 1 else { return nil }
            unsafe ends[fields] = index - start
            fields += 1
            continue
          }
          guard let next = unsafe Self.next(byte, at: index, buffer) else { return nil }
          if next == index { continue }
          unsafe ends[fields] = index - start
          unsafe body(
            PlainRecord(
              line: line, bytes: UnsafeBufferPointer(rebasing: buffer[start...]),
              ends: UnsafeBufferPointer(rebasing: ends[...fields])))
          return next
        }
        offset += 8
      }
      return nil
    }
  }

  /// The high bit of each byte that is a delimiter, a quote, a control character or above 0x7F.
  ///
  /// A sum of two numbers of seven bits never carries into the byte beside.
  @inline(__always)
  private static func marks(_ word: UInt64, _ delimiters: UInt64) -> UInt64 {
    let text = word & low7
    let noDelimiter = (text ^ delimiters) &+ low7
    let noQuote = (text ^ quotes) &+ low7
    let noControl = text &+ controls
    return (~(noDelimiter & noQuote & noControl) | word) & high
  }

  /// Where the record behind a line's end begins.
  ///
  /// - Returns: The byte's own place if it is a control character within a text; nothing where the
  ///   record is not plain.
  @inline(__always)
  private static func next(
    _ byte: UInt8, at index: Int, _ buffer: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    if byte == UInt8(ascii: "\n") { return index + 1 }
    if byte == UInt8(ascii: "\r") {
      let isPair = unsafe index + 1 < buffer.count && buffer[index + 1] == UInt8(ascii: "\n")
      return isPair ? index + 2 : nil
    }
    return byte == 0 || byte == UInt8(ascii: "\"") || byte >= 0x80 ? nil : index
  }
}
