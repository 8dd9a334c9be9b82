package import JSON
import TOMLKit

/// A TOML text as JSON, with the line of every key.
///
/// The one way from a file somebody wrote to TOMLKit: what its reader traps on is refused before.
package struct TOMLFile: Sendable {
  package let object: JSONObject
  let lines: TOMLLines

  /// Reads a text; the problem calls it by a name.
  ///
  /// - Throws: The first fault of the syntax, with its line.
  package init(
    text: String, name: String, maximumBytes: Int
  ) throws(ManifestProblem) {
    guard text.utf8.count <= maximumBytes, !text.utf8.contains(0) else {
      throw ManifestProblem(
        file: name, line: nil,
        message: text.utf8.contains(0)
          ? "the file holds a NUL byte" : "the file is larger than \(maximumBytes) bytes")
    }
    let lines = TOMLLines(text)
    if let fault = lines.fault { throw fault.problem(in: name) }
    self.lines = lines
    do {
      let table = try TOMLTable(string: text)
      // By way of JSON, because TOMLKit's own accessors trap on keys that hold a NUL.
      let json = table.convert(
        to: .json, options: [.quoteDateAndTimes, .quoteInfinitesAndNaNs, .allowUnicodeStrings])
      object = try JSONValue(parsing: json).object ?? [:]
    } catch let error as TOMLParseError {
      throw ManifestProblem(file: name, line: error.source.begin.line, message: error.description)
    } catch {
      throw ManifestProblem(file: name, line: nil, message: "\(error)")
    }
  }

  /// The line of a key, or of the nearest part of its path that is written down.
  package func line(of path: [String]) -> Int? { lines.line(of: path) }
}

extension TOMLLines.Fault {
  fileprivate func problem(in file: String) -> ManifestProblem {
    switch self {
    case .headerWithoutName(let line):
      ManifestProblem(file: file, line: line, message: "expected the name of a table after '['")
    case .noValue(let line):
      ManifestProblem(file: file, line: line, message: "expected a value")
    case .tooDeep(let line):
      ManifestProblem(file: file, line: line, message: "nested too deep")
    }
  }
}
