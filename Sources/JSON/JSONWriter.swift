/// Writes JSON on one line, without a space.
struct JSONWriter {
  var bytes: [UInt8] = []

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let bool): bytes.append(contentsOf: (bool ? "true" : "false").utf8)
    case .integer(let integer): bytes.append(contentsOf: integer.description.utf8)
    case .number(let number): write(number)
    case .string(let string): write(string)
    case .array(let array): write(array)
    case .object(let object): write(object)
    }
  }

  /// The shortest digits that read back as the same double.
  private mutating func write(_ number: Double) {
    guard number.isFinite else { return write(JSONValue(number)) }
    if let integer = Int64(exactly: number), integer.magnitude < 1 << 53, !number.isNegativeZero {
      bytes.append(contentsOf: integer.description.utf8)
    } else {
      bytes.append(contentsOf: number.description.utf8)
    }
  }

  private mutating func write(_ array: [JSONValue]) {
    bytes.append(UInt8(ascii: "["))
    for (position, element) in array.enumerated() {
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      write(element)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ object: JSONObject) {
    bytes.append(UInt8(ascii: "{"))
    for (position, member) in object.members.enumerated() {
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      write(member.key)
      bytes.append(UInt8(ascii: ":"))
      write(member.value)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  mutating func write(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    let text = string.utf8.span
    var start = 0
    for index in text.indices where Self.isEscaped(text[index]) {
      append(text, start..<index)
      escape(text[index])
      start = index + 1
    }
    append(text, start..<text.count)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Copies a run of bytes at once: most strings need no escape at all.
  private mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
    unsafe text.extracting(range).withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
    case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
    case 0x0A: bytes.append(contentsOf: "\\n".utf8)
    case 0x0D: bytes.append(contentsOf: "\\r".utf8)
    case 0x09: bytes.append(contentsOf: "\\t".utf8)
    default:
      let hex = String(byte, radix: 16)
      bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)".utf8)
    }
  }
}

extension Double {
  fileprivate var isNegativeZero: Bool { self == 0 && sign == .minus }
}

extension JSONValue {
  /// The value as one line of UTF-8, without a line end.
  public var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.write(self)
    return writer.bytes
  }

  /// The value on one line.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The value with the members of every object sorted by key: equal values, equal texts.
  public var canonical: JSONValue {
    switch self {
    case .array(let array): .array(array.map(\.canonical))
    case .object(let object):
      .object(
        JSONObject(object.members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.canonical) }))
    default: self
    }
  }
}
