/// Finds the line of a TOML file that a key stands on.
///
/// The parser reports positions of syntax errors only. The scan knows headers (`[a.b]`,
/// `[[a]]`), keys with or without dots at the start of a line, and keys inside an inline
/// table, which it places on the line of the nearest key around them that it knows.
struct KeyLines {
  private var lines: [[String]: Int] = [:]

  init(_ text: String) {
    var header: [String] = []
    var counts: [[String]: Int] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let trimmed = line.drop { $0 == " " || $0 == "\t" }
      if trimmed.hasPrefix("[["), let end = trimmed.firstRange(of: "]]") {
        let keys = Self.keys(trimmed.dropFirst(2)[..<end.lowerBound])
        let path = Self.numbered(keys.dropLast(), counts) + keys.suffix(1)
        counts[path, default: -1] += 1
        header = path + [String(counts[path] ?? 0)]
      } else if trimmed.hasPrefix("["), let end = trimmed.firstIndex(of: "]") {
        header = Self.numbered(Self.keys(trimmed.dropFirst()[..<end])[...], counts)
      } else if let equals = trimmed.firstIndex(of: "="), !trimmed.hasPrefix("#") {
        note(header + Self.keys(trimmed[..<equals]), line: index + 1)
        continue
      } else {
        continue
      }
      note(header, line: index + 1)
    }
  }

  /// The line of the key, or of the nearest one around it.
  func line(of path: [String]) -> Int? {
    var path = path[...]
    while !path.isEmpty {
      if let line = lines[Array(path)] { return line }
      path = path.dropLast()
    }
    return nil
  }

  private mutating func note(_ path: [String], line: Int) {
    if lines[path] == nil { lines[path] = line }
  }

  /// The keys with the position of the latest element after each that names an array of tables.
  private static func numbered(_ keys: ArraySlice<String>, _ counts: [[String]: Int]) -> [String] {
    var path: [String] = []
    for key in keys {
      path.append(key)
      if let count = counts[path] { path.append(String(count)) }
    }
    return path
  }

  private static func keys(_ text: Substring) -> [String] {
    text.split(separator: ".").map { key in
      String(key.filter { !" \t\"'".contains($0) })
    }
  }
}
