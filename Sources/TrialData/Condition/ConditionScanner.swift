/// Cuts a condition into its pieces.
struct ConditionScanner {
  enum Piece: Sendable, Hashable {
    /// A word or a number, not in quotes.
    case word(String)
    case quoted(String)
    case comparison(SubjectCondition.Comparison)
    case open, close, comma
    case end
  }

  struct Token: Sendable, Hashable {
    var piece: Piece
    var range: Range<Int>
  }

  private let text: String
  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  /// Every token, the last of which is the end.
  mutating func tokens() throws(ConditionProblem) -> [Token] {
    var tokens: [Token] = []
    repeat { tokens.append(try next()) } while tokens.last?.piece != .end
    return tokens
  }

  private mutating func next() throws(ConditionProblem) -> Token {
    while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
    let start = index
    guard index < scalars.count else { return Token(piece: .end, range: start..<start) }
    let scalar = scalars[index]
    switch scalar {
    case "(": return single(.open)
    case ")": return single(.close)
    case ",": return single(.comma)
    case "'", "\"": return try takeQuoted(scalar)
    case "=", "!", "<", ">": return try takeComparison()
    default: break
    }
    while index < scalars.count, !Self.endsWord(scalars[index]) { index += 1 }
    return Token(
      piece: .word(String(String.UnicodeScalarView(scalars[start..<index]))), range: start..<index)
  }

  private mutating func single(_ piece: Piece) -> Token {
    index += 1
    return Token(piece: piece, range: index - 1..<index)
  }

  private mutating func takeComparison() throws(ConditionProblem) -> Token {
    let start = index
    while index < scalars.count, index < start + 2, "=!<>".unicodeScalars.contains(scalars[index]) {
      index += 1
    }
    let found = String(String.UnicodeScalarView(scalars[start..<index]))
    switch found {
    case "==": return Token(piece: .comparison(.equal), range: start..<index)
    case "<>": return Token(piece: .comparison(.notEqual), range: start..<index)
    default: break
    }
    guard let comparison = SubjectCondition.Comparison(rawValue: found) else {
      let all = SubjectCondition.Comparison.allCases.map(\.rawValue).joined(separator: " ")
      throw ConditionProblem(
        .unexpected("\"\(found)\"", expected: "one of \(all)"), at: start..<index, of: text)
    }
    return Token(piece: .comparison(comparison), range: start..<index)
  }

  /// A quote is written twice inside quotes of its kind.
  private mutating func takeQuoted(_ quote: Unicode.Scalar) throws(ConditionProblem) -> Token {
    let start = index
    index += 1
    var content = String.UnicodeScalarView()
    while index < scalars.count {
      if scalars[index] == quote {
        guard index + 1 < scalars.count, scalars[index + 1] == quote else {
          index += 1
          return Token(piece: .quoted(String(content)), range: start..<index)
        }
        index += 1
      }
      content.append(scalars[index])
      index += 1
    }
    throw ConditionProblem(.unclosedQuote, at: start..<scalars.count, of: text)
  }

  private static func endsWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || "()=!<>,'\"".unicodeScalars.contains(scalar)
  }
}
