/// Reads JSON text (RFC 8259), strictly.
///
/// Refuses what other readers let pass and then disagree about: a key twice in one object, bytes
/// that are not UTF-8, anything after the value, and nesting so deep that it could only be meant
/// to exhaust a stack.
struct JSONParser {
  static let defaultMaximumDepth = 64

  let bytes: [UInt8]
  let maximumDepth: Int
  var index = 0
  var depth = 0

  init(_ bytes: [UInt8], maximumDepth: Int = Self.defaultMaximumDepth) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
  }

  mutating func parseDocument() throws(JSONSyntaxError) -> JSONValue {
    let value = try parseValue()
    try expectEnd()
    return value
  }

  mutating func expectEnd() throws(JSONSyntaxError) {
    skipSpace()
    guard index == bytes.count else { throw fault(.trailingText) }
  }

  mutating func parseValue() throws(JSONSyntaxError) -> JSONValue {
    skipSpace()
    guard let byte = current else { throw valueExpected }
    switch byte {
    case UInt8(ascii: "{"): return .object(try parseObject())
    case UInt8(ascii: "["): return .array(try parseArray())
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
    case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
    case UInt8(ascii: "n"): return try parseWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
    default: throw valueExpected
    }
  }

  private mutating func parseObject() throws(JSONSyntaxError) -> JSONObject {
    var object = JSONObject()
    var keys = KeySet()
    try parseMembers { (parser, key, start) throws(JSONSyntaxError) in
      guard keys.insert(key) else { throw parser.fault(.duplicateKey(key), at: start) }
      object.append(key, try parser.parseValue())
    }
    return object
  }

  /// Walks an object's members; `body` must read exactly one value.
  mutating func parseMembers(
    _ body: (inout Self, String, _ keyStart: Int) throws(JSONSyntaxError) -> Void
  ) throws(JSONSyntaxError) {
    try enter()
    skipSpace()
    if take("}") { return leave() }
    while true {
      skipSpace()
      let start = index
      guard current == UInt8(ascii: "\"") else { throw fault(.expected("a key in double quotes")) }
      let key = try parseString()
      skipSpace()
      guard take(":") else { throw fault(.expected("':' after the key")) }
      try body(&self, key, start)
      skipSpace()
      if take("}") { return leave() }
      guard take(",") else { throw fault(.expected("',' or '}'")) }
    }
  }

  private mutating func parseArray() throws(JSONSyntaxError) -> [JSONValue] {
    var elements: [JSONValue] = []
    try parseElements { (parser) throws(JSONSyntaxError) in
      elements.append(try parser.parseValue())
    }
    return elements
  }

  /// Walks an array's elements; `body` must read exactly one value.
  mutating func parseElements(
    _ body: (inout Self) throws(JSONSyntaxError) -> Void
  ) throws(JSONSyntaxError) {
    try enter()
    skipSpace()
    if take("]") { return leave() }
    while true {
      try body(&self)
      skipSpace()
      if take("]") { return leave() }
      guard take(",") else { throw fault(.expected("',' or ']'")) }
    }
  }

  private mutating func enter() throws(JSONSyntaxError) {
    guard depth < maximumDepth else { throw fault(.tooDeep(limit: maximumDepth)) }
    depth += 1
    index += 1
  }

  private mutating func leave() { depth -= 1 }

  private mutating func parseWord(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    let start = index
    for byte in word.description.utf8 {
      guard current == byte else { throw fault(.expected("\(word)"), at: start) }
      index += 1
    }
    return value
  }

  private var valueExpected: JSONSyntaxError {
    for word in ["NaN", "Infinity", "Inf"] where bytes[index...].starts(with: word.utf8) {
      return fault(.notFinite(word))
    }
    return fault(.expected(index < bytes.count ? "a value" : "a value, found the end"))
  }

  // MARK: Bytes

  var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      index += 1
    }
  }

  func fault(_ reason: JSONSyntaxError.Reason, at offset: Int? = nil) -> JSONSyntaxError {
    JSONSyntaxError(offset: offset ?? index, reason: reason)
  }
}

extension JSONValue {
  /// Reads one JSON value.
  ///
  /// - Throws: ``JSONSyntaxError`` with the byte at which the text goes wrong.
  public init(
    parsing bytes: some Sequence<UInt8>, maximumDepth: Int = 64
  ) throws(JSONSyntaxError) {
    var parser = JSONParser(Array(bytes), maximumDepth: maximumDepth)
    self = try parser.parseDocument()
  }

  public init(parsing text: String) throws(JSONSyntaxError) { try self.init(parsing: text.utf8) }
}
