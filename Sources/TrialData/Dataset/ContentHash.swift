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
  /// Texts of numbers: most occur again.
  private var numbers: [UInt64: [UInt8]] = [:]
  private static let rememberedNumbers = 100_000

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

  mutating func add(_ number: Int64) {
    if number < 0 { buffer.append(UInt8(ascii: "-")) }
    let start = buffer.count
    var rest = number.magnitude
    repeat {
      buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    buffer[start...].reverse()
    buffer.append(UInt8(ascii: ","))
  }

  mutating func add(_ number: Double) {
    if let known = numbers[number.bitPattern] {
      buffer.append(contentsOf: known)
    } else {
      let text = Array("\(number),".utf8)
      if numbers.count < Self.rememberedNumbers { numbers[number.bitPattern] = text }
      buffer.append(contentsOf: text)
    }
  }

  mutating func add(text: String) {
    var text = text
    text.withUTF8 { unsafe add(bytes: $0) }
  }

  /// Adds a text by its UTF-8 bytes.
  mutating func add(bytes: UnsafeBufferPointer<UInt8>) {
    buffer.append(UInt8(ascii: "\""))
    var isPlain = true
    for index in bytes.indices where Self.isEscaped(unsafe bytes[index]) { isPlain = false }
    if isPlain {
      unsafe buffer.append(contentsOf: bytes)
    } else {
      for index in bytes.indices { addEscaped(unsafe bytes[index]) }
    }
    add("\"")
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func addEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      buffer.append(UInt8(ascii: "\\"))
      buffer.append(byte)
    case 0..<0x20:
      buffer.append(contentsOf: "\\u00\(SourceFile.hexadecimal(CollectionOfOne(byte)))".utf8)
    default: buffer.append(byte)
    }
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
