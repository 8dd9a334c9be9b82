internal import Crypto

/// The SHA-256 of the logical content of a data set.
///
/// What is hashed, in UTF-8: for each table of the schema in order (all but `about`), its name on
/// a line, then each row on a line as a JSON array: rows sorted by key, columns in schema order,
/// `null` for missing, texts escaped only where JSON demands it (`"`, `\`, control characters as
/// `\u00xx`), whole numbers as digits, other numbers in the shortest form that reads back the
/// same (`21.5`, `30.0`, `1e-05`). Lines end with LF. Missing sorts before any value, texts by
/// their bytes. Another language can compute it from the file in a dozen lines.
struct ContentHash: ~Copyable, CellSink {
  static let format = "1"

  private var digest = SHA256()
  private var buffer = ByteBuffer(capacity: 1 << 17)
  private var numbers = NumberTexts()

  mutating func begin(_ table: TrialTable) {
    buffer.append(table.rawValue)
    buffer.append(UInt8(ascii: "\n"))
  }

  @inline(__always)
  mutating func beginRow() { buffer.append(UInt8(ascii: "[")) }

  @inline(__always)
  mutating func endRow() {
    buffer.replaceLast(with: UInt8(ascii: "]"))
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count > 1 << 16 { flush() }
  }

  mutating func addMissing() { buffer.append("null,") }

  @inline(__always)
  mutating func add(_ number: Int64) {
    buffer.append(decimal: number)
    buffer.append(UInt8(ascii: ","))
  }

  mutating func add(_ number: Double) {
    numbers.append(number, to: &buffer)
    buffer.append(UInt8(ascii: ","))
  }

  mutating func add(text: String) {
    var text = text
    var written: [UInt8] = []
    text.withUTF8 { unsafe Self.append($0, to: &written) }
    unsafe written.withUnsafeBufferPointer { unsafe add(text: $0) }
  }

  /// Adds a text that is written as it is hashed.
  @inline(__always)
  mutating func add(text written: UnsafeBufferPointer<UInt8>) { unsafe buffer.append(written) }

  /// Writes a text, given by its UTF-8 bytes, as it is hashed.
  static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for index in text.indices { append(escaped: unsafe text[index], to: &bytes) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ","))
  }

  private static func append(escaped byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0..<0x20:
      bytes.append(contentsOf: "\\u00\(SourceFile.hexadecimal(CollectionOfOne(byte)))".utf8)
    default: bytes.append(byte)
    }
  }

  private mutating func flush() {
    unsafe buffer.withBytes { unsafe digest.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    buffer.removeAll()
  }

  /// In lower-case hexadecimal.
  mutating func finish() -> String {
    flush()
    return SourceFile.hexadecimal(digest.finalize())
  }
}
