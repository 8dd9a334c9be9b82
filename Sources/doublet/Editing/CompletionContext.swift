import ClientProtocol

/// The line before the cursor: what is already said, and the word that is being typed.
struct CompletionContext: Hashable {
  /// The command; nil while its name is being typed.
  var name: String?
  var words: [String] = []
  var keys: [String] = []
  /// The word at the cursor as it is typed, with quotes.
  var fragment = ""
  /// The part before `=` where the word has one.
  var key: String?
  /// What is typed of the value, or of the word, without quotes.
  var text = ""

  /// Nil inside a comment, and after words that are no command line.
  init?(_ line: String) {
    guard let start = Self.fragmentStart(line) else { return nil }
    let scalars = Array(line.unicodeScalars)
    let before = String(String.UnicodeScalarView(scalars[..<start]))
    guard let command = try? CommandLine(before) else { return nil }
    name = command.name?.text
    words = command.words.map(\.text)
    keys = command.parameters.map(\.key.text)
    fragment = String(String.UnicodeScalarView(scalars[start...]))
    split(fragment)
  }

  private mutating func split(_ fragment: String) {
    var value = fragment[...]
    if name != nil, let equals = fragment.firstIndex(of: "="),
      fragment[..<equals].allSatisfy(\.isKeyCharacter), fragment.first?.isLetter == true
    {
      key = String(fragment[..<equals])
      value = fragment[fragment.index(after: equals)...]
    }
    text = value.unquoted
  }

  /// Where the word at the end of the line starts, in scalars.
  private static func fragmentStart(_ line: String) -> Int? {
    var start = 0
    var isQuoted = false
    var isEscaped = false
    for (index, scalar) in line.unicodeScalars.enumerated() {
      if isQuoted {
        isQuoted = isEscaped || scalar != "\""
        isEscaped = !isEscaped && scalar == "\\"
      } else if scalar.properties.isWhitespace {
        start = index + 1
      } else if scalar == "#", index == start {
        return nil
      } else if scalar == "\"" {
        isQuoted = true
        isEscaped = false
      }
    }
    return start
  }
}

extension Character {
  fileprivate var isKeyCharacter: Bool { isLetter || isNumber || "-_.".contains(self) }
}

extension Substring {
  /// The text with its quotes and escapes resolved, also where a quote is still open.
  fileprivate var unquoted: String {
    var text = ""
    var isQuoted = false
    var isEscaped = false
    for character in self {
      if isQuoted, !isEscaped, character == "\\" {
        isEscaped = true
      } else if character == "\"", !isEscaped {
        isQuoted.toggle()
      } else {
        if isEscaped, character != "\"" && character != "\\" { text.append("\\") }
        text.append(character)
        isEscaped = false
      }
    }
    return text
  }
}
