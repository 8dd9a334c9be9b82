/// Something wrong with a plugin's folder, and where.
package struct ManifestProblem: Error, Sendable, Hashable {
  package var file: String
  /// Counted from 1; nil where no line is at fault.
  package var line: Int?
  package var message: String

  package init(file: String, line: Int?, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }
}

extension ManifestProblem: CustomStringConvertible {
  package var description: String {
    line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }
}
