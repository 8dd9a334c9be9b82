internal import Crypto

/// The SHA-256 of the logical content of a data set.
///
/// What is hashed, in UTF-8: for each table of the schema in order (all but `about`), its name on
/// a line, then each row on a line as a JSON array: rows sorted by key, columns in schema order,
/// `null` for missing, texts escaped only where JSON demands it (`"`, `\`, control characters as
/// `\u00xx`), whole numbers as digits, other numbers in the shortest form that reads back the
/// same (`21.5`, `30.0`, `1e-05`). Lines end with LF. Missing sorts before any value, texts by
/// their bytes. Another language can compute it from the file in a dozen lines.
struct ContentHash {
  static let format = "1"

  private var digest = SHA256()
  private var buffer: [UInt8] = []

  mutating func begin(_ table: TrialTable) {
    buffer.append(contentsOf: table.rawValue.utf8)
    buffer.append(UInt8(ascii: "\n"))
  }

  mutating func beginRow() { buffer.append(UInt8(ascii: "[")) }

  mutating func endRow() {
    buffer[buffer.count - 1] = UInt8(ascii: "]")
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count > 1 << 16 { flush() }
  }

  mutating func addMissing() { add("null") }
  mutating func add(_ number: Int64) { add("\(number)") }
  mutating func add(_ number: Double) { add(number.description) }

  mutating func add(text: String) {
    buffer.append(UInt8(ascii: "\""))
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
    {
      buffer.append(contentsOf: text.utf8)
      return add("\"")
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        buffer.append(UInt8(ascii: "\\"))
        buffer.append(byte)
      case 0..<0x20:
        buffer.append(contentsOf: "\\u00\(SourceFile.hexadecimal(CollectionOfOne(byte)))".utf8)
      default: buffer.append(byte)
      }
    }
    add("\"")
  }

  private mutating func add(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    buffer.append(UInt8(ascii: ","))
  }

  private mutating func flush() {
    digest.update(data: buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// In lower-case hexadecimal.
  mutating func finish() -> String {
    flush()
    return SourceFile.hexadecimal(digest.finalize())
  }
}
