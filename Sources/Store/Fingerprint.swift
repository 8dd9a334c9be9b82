import Crypto

/// SHA-256 over a list of fields in which no two lists look alike.
///
/// Every field is its length in bytes, as a 64-bit big-endian number, and then its UTF-8 text; a
/// field that is missing is the length 2⁶⁴ - 1 alone. So `["ab", "c"]`, `["a", "bc"]` and
/// `["a", "b", "c"]` differ, and so do nothing and the empty text.
struct Fingerprint {
  private var hasher = SHA256()

  /// Starts with a word that keeps fingerprints of different things apart.
  init(of kind: StaticString) {
    add(kind.description)
  }

  mutating func add(_ field: String?) {
    guard var field else { return addLength(UInt64.max) }
    addLength(UInt64(field.utf8.count))
    field.withUTF8 { unsafe hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
  }

  mutating func add(_ field: some BinaryInteger) {
    add(String(field))
  }

  private mutating func addLength(_ length: UInt64) {
    var bigEndian = length.bigEndian
    unsafe withUnsafeBytes(of: &bigEndian) { unsafe hasher.update(bufferPointer: $0) }
  }

  /// 64 lower-case hexadecimal digits.
  consuming func hex() -> String {
    hasher.finalize().hex
  }
}

extension SHA256.Digest {
  var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * Self.byteCount)
    for byte in self {
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
