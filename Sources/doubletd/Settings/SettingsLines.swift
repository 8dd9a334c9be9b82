/// Which line of a TOML text each key stands on.
///
/// TOMLKit knows positions of syntax errors only. The text has been read as TOML before, so this
/// needs to find keys, not to judge them.
struct SettingsLines {
  private var lines: [String: Int] = [:]

  subscript(key: String) -> Int? { lines[key] }

  init(_ text: String) {
    var table = ""
    // "\r\n" is one character to Swift, hence Unicode scalars.
    let rows = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, row) in rows.enumerated() {
      let row = Self.trimmed(String(String.UnicodeScalarView(row)))
      if row.hasPrefix("["), let end = row.firstIndex(of: "]") {
        table = Self.bare(String(row[..<end].drop { $0 == "[" }))
        note(table, at: index + 1)
      } else if let equals = row.firstIndex(of: "="), !row.hasPrefix("#") {
        let key = Self.bare(String(row[..<equals]))
        note(table.isEmpty ? key : "\(table).\(key)", at: index + 1)
      }
    }
  }

  private mutating func note(_ key: String, at line: Int) {
    if lines[key] == nil { lines[key] = line }
  }

  /// A dotted key without the quotes and spaces around its parts.
  private static func bare(_ key: String) -> String {
    key.split(separator: ".").map { part in
      trimmed(String(part)).filter { $0 != "\"" && $0 != "'" }
    }.joined(separator: ".")
  }

  private static func trimmed(_ text: String) -> String {
    let isSpace = { (character: Character) in character.isWhitespace }
    let start = text.drop(while: isSpace)
    return String(start.reversed().drop(while: isSpace).reversed())
  }
}
