/// How a result is written for people.
package struct TextStyle: Sendable, Hashable {
  /// Whether escape sequences may be used; off unless asked for.
  package enum Color: Sendable, Hashable {
    case never, ansi
  }

  /// Whether a table is written as records, one line a field, as psql's `\x` does.
  package enum Expansion: String, Sendable, Hashable, CaseIterable {
    case off, on
    /// Where the table is wider than the screen even with its words wrapped.
    case auto
  }

  /// Columns of the screen; nil writes lines as long as they are.
  package var width: Int?
  package var expansion: Expansion
  package var color: Color

  package init(width: Int? = nil, expansion: Expansion = .off, color: Color = .never) {
    self.width = width
    self.expansion = expansion
    self.color = color
  }
}

extension TextStyle {
  enum Emphasis: String {
    case bold = "1"
    case faint = "2"
    case red = "31"
    case yellow = "33"
  }

  /// The text, set off from the rest where escape sequences are allowed.
  func emphasized(_ text: String, _ emphasis: Emphasis) -> String {
    switch color {
    case .never: text
    case .ansi: "\u{1B}[\(emphasis.rawValue)m\(text)\u{1B}[0m"
    }
  }
}
