import ClientProtocol

/// Recognizes the plain spellings of a ping without building a JSON value.
///
/// Whatever it does not recognize (an escaped key, a member it does not know, a fractional id) is
/// left to the full reading, so a spelling costs time, never the answer.
enum PingShape {
  /// Where the id of a `ping` request stands, when the line is one.
  static func id(in line: Span<UInt8>) -> Range<Int>? {
    var index = 0
    var id: Range<Int>?
    var sawVersion = false
    var sawMethod = false
    var sawParameters = false
    // What may stand before the brace of a line that is JSON; "\r" makes it a command.
    while index < line.count, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
    guard take("{", line, &index) else { return nil }
    repeat {
      skipSpace(line, &index)
      guard let key = takeString(line, &index) else { return nil }
      skipSpace(line, &index)
      guard take(":", line, &index) else { return nil }
      skipSpace(line, &index)
      if line.spells("\"id\"", in: key), id == nil {
        guard let value = takeString(line, &index) ?? takeCount(line, &index) else { return nil }
        id = value
      } else if line.spells("\"method\"", in: key), !sawMethod {
        guard let value = takeString(line, &index), line.spells("\"ping\"", in: value)
        else { return nil }
        sawMethod = true
      } else if line.spells("\"jsonrpc\"", in: key), !sawVersion {
        guard let value = takeString(line, &index), line.spells("\"2.0\"", in: value)
        else { return nil }
        sawVersion = true
      } else if line.spells("\"params\"", in: key), !sawParameters {
        guard takeEmptyObject(line, &index) else { return nil }
        sawParameters = true
      } else {
        return nil
      }
      skipSpace(line, &index)
    } while take(",", line, &index)
    guard take("}", line, &index) else { return nil }
    skipSpace(line, &index)
    return index == line.count && sawVersion && sawMethod ? id : nil
  }

  /// Whether the line is the bare command `ping`.
  static func isCommand(_ line: Span<UInt8>) -> Bool {
    var index = 0
    while index < line.count, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
    guard line.count - index >= 4, line.spells("ping", in: index..<index + 4) else { return false }
    index += 4
    skipSpace(line, &index)
    return index == line.count
  }

  private static func skipSpace(_ line: Span<UInt8>, _ index: inout Int) {
    while index < line.count, line[index] == 0x20 || line[index] == 0x09 || line[index] == 0x0D {
      index += 1
    }
  }

  private static func take(
    _ character: Unicode.Scalar, _ line: Span<UInt8>, _ index: inout Int
  ) -> Bool {
    guard index < line.count, line[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  /// A string of printable ASCII without escapes, its quotes included.
  private static func takeString(_ line: Span<UInt8>, _ index: inout Int) -> Range<Int>? {
    let start = index
    guard take("\"", line, &index) else { return nil }
    while index < line.count, (0x20..<0x7F).contains(line[index]), line[index] != 0x5C {
      index += 1
      if line[index - 1] == UInt8(ascii: "\"") { return start..<index }
    }
    return nil
  }

  /// A whole number as JSON writes it, small enough for 64 bits.
  private static func takeCount(_ line: Span<UInt8>, _ index: inout Int) -> Range<Int>? {
    let start = index
    while index < line.count, (0x30...0x39).contains(line[index]) { index += 1 }
    let length = index - start
    guard (1...18).contains(length), length == 1 || line[start] != 0x30 else { return nil }
    // What may follow a whole number; "1.5" and "1e3" are read in full.
    guard index < line.count, [0x20, 0x09, 0x0D, 0x2C, 0x7D].contains(line[index])
    else { return nil }
    return start..<index
  }

  private static func takeEmptyObject(_ line: Span<UInt8>, _ index: inout Int) -> Bool {
    guard take("{", line, &index) else { return false }
    skipSpace(line, &index)
    return take("}", line, &index)
  }
}
