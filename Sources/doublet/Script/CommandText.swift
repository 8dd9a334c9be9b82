/// What stands between the lines a person types and the commands they form.
enum CommandText {
  /// Whether a text is a whole command.
  enum Completeness: Hashable {
    case complete
    /// A double quote is still open.
    case openQuote
    /// The last character is a backslash outside quotes.
    case continued
  }

  /// Follows the grammar of the command line: quotes group anywhere in a word, a `#` at the start
  /// of one begins a comment that nothing continues.
  static func completeness(of text: String) -> Completeness {
    var isQuoted = false
    var isEscaped = false
    var startsWord = true
    for scalar in text.unicodeScalars {
      if isQuoted {
        isQuoted = isEscaped || scalar != "\""
        isEscaped = !isEscaped && scalar == "\\"
      } else if scalar == "#", startsWord {
        return .complete
      } else if scalar == "\"" {
        isQuoted = true
        isEscaped = false
      }
      startsWord = !isQuoted && scalar.properties.isWhitespace
    }
    if isQuoted { return .openQuote }
    return text.unicodeScalars.last == "\\" ? .continued : .complete
  }

  /// The text so far and one more line.
  static func joining(_ text: String, _ line: String) -> String {
    completeness(of: text) == .continued ? text.dropLast() + line : text + "\n" + line
  }

  /// Whether there is nothing to do: an empty line or a comment.
  static func isBlank(_ text: String) -> Bool {
    let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
    return first == nil || first == "#"
  }

  /// Whether the text is for the client itself rather than the daemon.
  static func isBackslash(_ text: String) -> Bool {
    text.unicodeScalars.first { !$0.properties.isWhitespace } == "\\"
  }
}
