extension JSONParser {
  /// Checks one value as strictly as ``parseValue()`` does, and keeps nothing of it.
  ///
  /// What is plain is passed over byte by byte; whatever is not goes the way of a full reading,
  /// so that both find the same faults at the same bytes.
  mutating func skipValue() throws(JSONSyntaxError) {
    skipSpace()
    switch current {
    case UInt8(ascii: "{"):
      var keys = KeySet()
      try parseMembers { (parser, key, start) throws(JSONSyntaxError) in
        guard keys.insert(key) else { throw parser.fault(.duplicateKey(key), at: start) }
        try parser.skipValue()
      }
    case UInt8(ascii: "["):
      try parseElements { (parser) throws(JSONSyntaxError) in try parser.skipValue() }
    case UInt8(ascii: "\""):
      if !skipPlainString() { _ = try parseString() }
    default:
      if !skipPlainNumber() { _ = try parseValue() }
    }
  }

  /// Passes over a string of ASCII without escapes, if it is one.
  private mutating func skipPlainString() -> Bool {
    var end = index + 1
    while end < bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "\""):
        index = end + 1
        return true
      case UInt8(ascii: "\\"), ..<0x20, 0x80...: return false
      default: end += 1
      }
    }
    return false
  }

  /// Passes over a number without an exponent, too short to leave the range of a double, if it is
  /// one.
  private mutating func skipPlainNumber() -> Bool {
    var end = index
    if end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
    let whole = digits(from: end)
    guard whole > 0, whole == 1 || bytes[end] != UInt8(ascii: "0") else { return false }
    end += whole
    if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
      let fraction = digits(from: end + 1)
      guard fraction > 0 else { return false }
      end += 1 + fraction
    }
    guard whole < 300, end == bytes.count || bytes[end] | 0x20 != UInt8(ascii: "e") else {
      return false
    }
    index = end
    return true
  }

  private func digits(from start: Int) -> Int {
    var end = start
    while end < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[end] { end += 1 }
    return end - start
  }
}
