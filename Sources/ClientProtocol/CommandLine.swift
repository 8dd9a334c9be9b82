/// A command as a user types it: words, then `key=value`.
///
/// Double quotes group, `\"` and `\\` stand for themselves inside them, and `#` at the start of a
/// word begins a comment. The same grammar holds in the REPL, in scripts and on the socket.
///
///     temporal-split p011 at=12w until=24w where="age > 60"   # a comment
package struct CommandLine: Sendable, Hashable {
  /// A piece of the line and where it stands.
  package struct Token: Sendable, Hashable {
    /// The text with quotes and escapes resolved.
    package let text: String
    /// Unicode scalars from the start of the line.
    package let range: Range<Int>

    package init(text: String, range: Range<Int>) {
      self.text = text
      self.range = range
    }
  }

  package struct Parameter: Sendable, Hashable {
    package let key: Token
    package let value: Token
  }

  /// The first word; nil on an empty or comment line.
  package private(set) var name: Token?
  /// The words after the name.
  package private(set) var words: [Token] = []
  package private(set) var parameters: [Parameter] = []
  package let source: String

  /// - Throws: ``CommandFailure`` that points at the offending character.
  package init(_ source: String) throws(CommandFailure) {
    self.source = source
    var scanner = CommandScanner(source)
    while let piece = try scanner.next() {
      switch piece {
      case .word(let token) where name == nil: name = token
      case .word(let token): words.append(token)
      case .parameter(let key, let value):
        guard name != nil else {
          throw CommandFailure(
            .syntax, "a command starts with its name, not with \(key.text)=", at: key.range,
            expected: "the name of a command; help lists them")
        }
        if let earlier = parameters.first(where: { $0.key.text == key.text }) {
          throw CommandFailure(
            .syntax, "\(key.text) is given twice (\(earlier.value.text) and \(value.text))",
            at: key.range)
        }
        parameters.append(Parameter(key: key, value: value))
      }
    }
  }

  package var isEmpty: Bool { name == nil }

  package subscript(key: String) -> Token? { parameters.first { $0.key.text == key }?.value }
}
