/// Cuts a command line into words and `key=value` pairs.
struct CommandScanner {
  enum Piece {
    case word(CommandLine.Token)
    case parameter(CommandLine.Token, CommandLine.Token)
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ source: String) { scalars = Array(source.unicodeScalars) }

  mutating func next() throws(CommandFailure) -> Piece? {
    while let scalar = current, scalar.properties.isWhitespace { index += 1 }
    guard let scalar = current, scalar != "#" else { return nil }
    if let key = takeKey() { return .parameter(key, try takeText()) }
    return .word(try takeText())
  }

  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  /// A name followed by `=`, or nothing at all.
  private mutating func takeKey() -> CommandLine.Token? {
    let start = index
    var end = index
    while end < scalars.count, scalars[end].isKeyScalar { end += 1 }
    guard end > start, end < scalars.count, scalars[end] == "=",
      scalars[start].properties.isAlphabetic
    else { return nil }
    index = end + 1
    return token(String(String.UnicodeScalarView(scalars[start..<end])), start..<end)
  }

  /// Everything up to the next space outside quotes.
  private mutating func takeText() throws(CommandFailure) -> CommandLine.Token {
    let start = index
    var text = String.UnicodeScalarView()
    while let scalar = current, !scalar.properties.isWhitespace {
      if scalar == "\"" {
        try takeQuoted(into: &text)
      } else if scalar.value < 0x20 || scalar.value == 0x7F {
        throw CommandFailure(
          .syntax, "a control character", at: index..<index + 1, expected: "text")
      } else {
        text.append(scalar)
        index += 1
      }
    }
    return token(String(text), start..<index)
  }

  private mutating func takeQuoted(into text: inout String.UnicodeScalarView) throws(CommandFailure)
  {
    let opening = index
    index += 1
    while let scalar = current, scalar != "\"" {
      if scalar == "\\", index + 1 < scalars.count, ["\"", "\\"].contains(scalars[index + 1]) {
        index += 1
      }
      text.append(scalars[index])
      index += 1
    }
    guard current == "\"" else {
      throw CommandFailure(
        .syntax, "the quote is never closed", at: opening..<scalars.count, expected: "a closing \"")
    }
    index += 1
  }

  private func token(_ text: String, _ range: Range<Int>) -> CommandLine.Token {
    CommandLine.Token(text: text, range: range)
  }
}

extension Unicode.Scalar {
  fileprivate var isKeyScalar: Bool {
    properties.isAlphabetic || ("0"..."9").contains(self) || self == "-" || self == "_"
      || self == "."
  }
}

extension String {
  /// The text as one token of a command line, quoted where it must be.
  package var commandToken: String {
    guard !isPlainToken else { return self }
    var quoted = "\""
    for scalar in unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  /// Whether the text, as it is, would be read back as one word or one value.
  private var isPlainToken: Bool {
    // By scalars: a combining mark makes "#" another character, but still begins a comment.
    guard let first = unicodeScalars.first, first != "#" else { return false }
    let hasOnlyText = unicodeScalars.allSatisfy {
      !$0.properties.isWhitespace && $0 != "\"" && $0.value >= 0x20 && $0.value != 0x7F
    }
    // Something before "=" would be taken for a key.
    return hasOnlyText && !unicodeScalars.contains("=")
  }
}
