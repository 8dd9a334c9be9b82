extension JSONParser {
  mutating func parseNumber() throws(JSONSyntaxError) -> JSONValue {
    let start = index
    _ = take("-")
    if bytes[index...].starts(with: "Infinity".utf8) { throw fault(.notFinite("-Infinity")) }
    let isZero = current == UInt8(ascii: "0")
    try skipDigits()
    if isZero, index - start > (bytes[start] == UInt8(ascii: "-") ? 2 : 1) {
      throw fault(.expected("a number without leading zeros"), at: start)
    }
    var isWhole = true
    if take(".") {
      isWhole = false
      try skipDigits()
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      try skipDigits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, text != "-0", let integer = Int64(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else {
      throw fault(.expected("a number within the range of a double"), at: start)
    }
    return .number(number)
  }

  private mutating func skipDigits() throws(JSONSyntaxError) {
    let start = index
    while let byte = current, (0x30...0x39).contains(byte) { index += 1 }
    guard index > start else { throw fault(.expected("a digit")) }
  }

  mutating func parseString() throws(JSONSyntaxError) -> String {
    let opening = index
    index += 1
    let start = index
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      index += 1
    }
    if take("\"") { return try decode(bytes[start..<(index - 1)], at: start) }
    var text = Array(bytes[start..<index])
    while let byte = current, byte != UInt8(ascii: "\"") {
      switch byte {
      case UInt8(ascii: "\\"): try parseEscape(into: &text)
      case ..<0x20: throw fault(.expected("control characters in strings as \\u escapes"))
      default:
        text.append(byte)
        index += 1
      }
    }
    guard take("\"") else { throw fault(.expected("a closing quote"), at: opening) }
    return try decode(text[...], at: start)
  }

  private func decode(
    _ text: ArraySlice<UInt8>, at offset: Int
  ) throws(JSONSyntaxError) -> String {
    guard let string = String(validating: text, as: UTF8.self) else {
      throw fault(.invalidUTF8, at: offset)
    }
    return string
  }

  private mutating func parseEscape(into text: inout [UInt8]) throws(JSONSyntaxError) {
    let start = index
    index += 1
    guard let byte = current else { throw fault(.expected("a closing quote"), at: start) }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try parseUnicodeEscape(start)).utf8)
    default: throw fault(.expected("an escape JSON knows"), at: start)
    }
  }

  private mutating func parseUnicodeEscape(
    _ start: Int
  ) throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try parseHexDigits(start)
    guard (0xD800...0xDFFF).contains(first) else {
      return Unicode.Scalar(first) ?? "\u{FFFD}"
    }
    let loneSurrogate = fault(.expected("a surrogate pair"), at: start)
    guard first < 0xDC00, take("\\"), take("u") else { throw loneSurrogate }
    let second = try parseHexDigits(start)
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw loneSurrogate }
    return scalar
  }

  private mutating func parseHexDigits(_ start: Int) throws(JSONSyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault(.expected("four hexadecimal digits"), at: start)
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}
