import Glibc
import JSON

/// What was typed, across sessions: a text file with one JSON string a line, so that it can be
/// searched with grep and a command may have several lines.
struct HistoryFile {
  static let limit = 5000

  let path: String

  /// The latest entries, oldest first; lines that are none of ours are passed over.
  func load() -> [String] {
    guard let text = FileText.read(path) else { return [] }
    return Self.entries(text).suffix(Self.limit)
  }

  static func entries(_ text: String) -> [String] {
    var entries: [String] = []
    for line in text.split(separator: "\n") {
      guard let entry = (try? JSONValue(parsing: line.utf8))?.string, entry != entries.last else {
        continue
      }
      entries.append(entry)
    }
    return entries
  }

  static func line(_ entry: String) -> String { JSONValue.string(entry).text + "\n" }

  /// Whether an entry is worth keeping: not the one before again, and not one that was typed with
  /// a space before it to keep it out.
  static func keeps(_ entry: String, after previous: String?) -> Bool {
    !entry.isEmpty && entry != previous && !entry.hasPrefix(" ")
  }

  /// Adds an entry; several sessions may do so at once.
  ///
  /// A history that cannot be written is no reason to stop working, so failures are not reported.
  func append(_ entry: String) {
    FileText.makeFolder(path.split(separator: "/").dropLast().map(String.init), mode: 0o700)
    let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else { return }
    let line = Array(Self.line(entry).utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
  }
}
