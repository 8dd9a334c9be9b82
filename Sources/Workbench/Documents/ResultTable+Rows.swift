import JSON
import PluginProtocol

extension ResultDocument {
  /// The answer of a built-in command.
  init(_ command: BuiltIn, title: String? = nil) {
    self.init(analysis: command.rawValue, title: title)
  }

  /// Adds a table, unless it would have no rows.
  mutating func add(
    _ name: String, _ title: String, _ columns: [Column], _ rows: [[JSONValue]]
  ) {
    guard !rows.isEmpty else { return }
    tables.append(ResultTable(name: name, title: title, columns: columns, rows: rows))
  }

  mutating func note(_ code: String, _ text: String) { notes.append(Note(.info, code, text)) }

  mutating func warn(_ code: String, _ text: String) { notes.append(Note(.warning, code, text)) }
}

extension JSONValue {
  static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
  static func count(_ count: Int) -> JSONValue { .integer(Int64(count)) }
}

/// A number of things, in words.
func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
  "\(count) \(count == 1 ? one : many ?? one + "s")"
}
