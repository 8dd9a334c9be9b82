/// On which line each key of a TOML text stands.
///
/// TOML readers report positions of syntax errors only, so this scan runs beside one. It never
/// fails: what it does not understand it leaves out. It runs first, because the reader traps on a
/// header without a name; see ``fault``.
struct TOMLLines: Sendable {
  /// What the reader behind TOMLKit (toml++ 3.4) must not be given.
  enum Fault: Hashable {
    /// `[` or `[[` and then no key: its parser asserts, or runs on without a meaning.
    case headerWithoutName(line: Int)
    /// A list element that begins with what can only end one.
    case noValue(line: Int)
    case tooDeep(line: Int)
  }

  /// Deeper than toml++ goes, so that its own error comes first.
  private static let maximumDepth = 300

  /// The first fault, if there is one.
  private(set) var fault: Fault?
  private var lines: [[String]: Int] = [:]
  private var scanner: Scanner
  private var arrayCounts: [[String]: Int] = [:]

  init(_ text: String) {
    var bytes = Array(text.utf8)
    // The reader passes over a byte order mark, and would see a header where this scan does not.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    scanner = Scanner(bytes: bytes)
    var table: [String] = []
    while scanner.skipToContent() {
      if scanner.take("[") {
        table = readHeader()
      } else {
        readPair(under: table, depth: 0)
      }
      scanner.skipRestOfLine()
    }
  }

  /// The line of a key, or of the nearest part of its path that is written down.
  func line(of path: [String]) -> Int? {
    var path = path[...]
    while !path.isEmpty {
      if let line = lines[Array(path)] { return line }
      path = path.dropLast()
    }
    return nil
  }

  private mutating func note(_ path: [String], _ line: Int) {
    if lines[path] == nil { lines[path] = line }
  }

  private mutating func readHeader() -> [String] {
    let line = scanner.line
    scanner.skipBlanks()
    let isElement = scanner.take("[")
    scanner.skipBlanks()
    if !scanner.isAtKey { fault = fault ?? .headerWithoutName(line: scanner.line) }
    let key = scanner.readKey()
    var path: [String] = []
    for (position, part) in key.enumerated() {
      path.append(part)
      if isElement, position == key.count - 1 {
        let count = arrayCounts[path, default: 0]
        arrayCounts[path] = count + 1
        note(path, line)
        path.append(String(count))
      } else if let count = arrayCounts[path] {
        path.append(String(count - 1))
      }
    }
    note(path, line)
    return path
  }

  private mutating func readPair(under table: [String], depth: Int) {
    let line = scanner.line
    let key = scanner.readKey()
    guard !key.isEmpty else { return scanner.advance() }
    for length in 1...key.count { note(table + key.prefix(length), line) }
    scanner.skipBlanks()
    guard scanner.take("=") else { return }
    scanner.skipBlanks()
    readValue(at: table + key, depth: depth + 1)
  }

  private mutating func readValue(at path: [String], depth: Int) {
    guard depth < Self.maximumDepth else {
      fault = fault ?? .tooDeep(line: scanner.line)
      return
    }
    note(path, scanner.line)
    if !scanner.isAtValue { fault = fault ?? .noValue(line: scanner.line) }
    if scanner.take("[") {
      var index = 0
      while scanner.skipToContent(), !scanner.take("]") {
        let start = scanner.index
        readValue(at: path + [String(index)], depth: depth + 1)
        index += 1
        _ = scanner.skipToContent()
        if !scanner.take(","), scanner.index == start { scanner.advance() }
      }
    } else if scanner.take("{") {
      while scanner.skipToContent(), !scanner.take("}") {
        let start = scanner.index
        readPair(under: path, depth: depth + 1)
        _ = scanner.skipToContent()
        if !scanner.take(","), scanner.index == start { scanner.advance() }
      }
    } else {
      scanner.skipScalar()
    }
  }
}

/// Walks over TOML text and counts its lines.
private struct Scanner: Sendable {
  let bytes: [UInt8]
  var index = 0
  var line = 1

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Whether a key can begin here, or the text ends.
  var isAtKey: Bool {
    guard let byte = current else { return true }
    return isBare(byte) || "\"'".utf8.contains(byte)
  }

  /// Whether a value can begin here, or the text ends.
  var isAtValue: Bool {
    guard let byte = current else { return true }
    return isBare(byte) || "\"'[{+.".utf8.contains(byte)
  }

  mutating func advance() {
    guard let byte = current else { return }
    if byte == UInt8(ascii: "\n") { line += 1 }
    index += 1
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    advance()
    return true
  }

  mutating func skipBlanks() {
    while let byte = current, byte == 0x20 || byte == 0x09 { advance() }
  }

  /// Skips spaces, line ends and comments; false at the end of the text.
  mutating func skipToContent() -> Bool {
    while let byte = current {
      if byte == UInt8(ascii: "#") {
        skipRestOfLine()
      } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
        advance()
      } else {
        return true
      }
    }
    return false
  }

  mutating func skipRestOfLine() {
    while let byte = current, byte != UInt8(ascii: "\n") { advance() }
  }

  /// A dotted key, its parts without quotes.
  mutating func readKey() -> [String] {
    var parts: [String] = []
    while true {
      skipBlanks()
      guard let part = readKeyPart() else { return parts }
      parts.append(part)
      skipBlanks()
      guard take(".") else { return parts }
    }
  }

  private mutating func readKeyPart() -> String? {
    if let quote = current, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let start = index + 1
      skipQuoted(quote)
      return String(decoding: bytes[min(start, index)..<max(start, index - 1)], as: UTF8.self)
    }
    let start = index
    while let byte = current, isBare(byte) { advance() }
    return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
  }

  private func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Skips a string, a number, a date or a word.
  mutating func skipScalar() {
    if let quote = current, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      return skipQuoted(quote)
    }
    while let byte = current, !",]}#\n".utf8.contains(byte) { advance() }
  }

  private mutating func skipQuoted(_ quote: UInt8) {
    let isMultiline =
      index + 2 < bytes.count && bytes[index + 1] == quote && bytes[index + 2] == quote
    for _ in 0..<(isMultiline ? 3 : 1) { advance() }
    while let byte = current {
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        advance()
        advance()
      } else if byte == quote {
        if !isMultiline { return advance() }
        if skipClosingQuotes(quote) { return }
      } else {
        advance()
      }
    }
  }

  /// Skips a run of quotes; true where it closes a multi-line string.
  private mutating func skipClosingQuotes(_ quote: UInt8) -> Bool {
    var count = 0
    while count < 5, current == quote {
      advance()
      count += 1
    }
    return count >= 3
  }
}
