/// The members of an object whose values are checked but not read.
///
/// A result passes through the daemon as the bytes the plugin wrote, so that no digit can change
/// on the way and nothing is decoded only to be encoded again.
public struct JSONMembers: Sendable {
  private let bytes: [UInt8]
  private var ranges: [(key: String, range: Range<Int>)] = []

  /// - Throws: ``JSONSyntaxError``, as for a full reading of the same text.
  public init(parsing bytes: [UInt8], maximumDepth: Int = 64) throws(JSONSyntaxError) {
    self.bytes = bytes
    var parser = JSONParser(bytes, maximumDepth: maximumDepth)
    parser.skipSpace()
    guard parser.current == UInt8(ascii: "{") else { throw parser.fault(.expected("an object")) }
    var found: [(key: String, range: Range<Int>)] = []
    var keys = KeySet()
    try parser.parseMembers { (parser, key, start) throws(JSONSyntaxError) in
      guard keys.insert(key) else { throw parser.fault(.duplicateKey(key), at: start) }
      parser.skipSpace()
      let valueStart = parser.index
      try parser.skipValue()
      found.append((key, valueStart..<parser.index))
    }
    try parser.expectEnd()
    ranges = found
  }

  public var keys: [String] { ranges.map(\.key) }

  /// The bytes of one member's value, as they were written.
  public func bytes(of key: String) -> ArraySlice<UInt8>? {
    ranges.first { $0.key == key }.map { bytes[$0.range] }
  }

  /// One member's value, read.
  public subscript(key: String) -> JSONValue? {
    bytes(of: key).flatMap { try? JSONValue(parsing: $0) }
  }
}
