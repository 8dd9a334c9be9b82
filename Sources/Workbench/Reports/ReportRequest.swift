import ClientProtocol
import JSON
import Reporting
import Store

/// What a `report` line asks for.
struct ReportRequest: Sendable {
  static let mostRuns = 200

  var file: OutputFile
  var format: Report.Format
  var runs: [NamedRun] = []

  /// Reads the line; a relative path is below the client's folder.
  init(
    _ arguments: BuiltInArguments, folder: String?, last: RunID?
  ) throws(CommandFailure) {
    guard let path = arguments.words.first else {
      throw .usage(
        "report needs a file", at: arguments.nameRange, expected: BuiltIn.report.usage)
    }
    file = try OutputFile(
      path.text, folder, at: path.range, overwrites: arguments["force"]?.bool ?? false)
    guard let format = Report.Format(ending: file.ending) else {
      throw CommandFailure(
        .file, "a report cannot be written as \(path.text.commandToken)", at: path.range,
        expected: "a file that ends in .html, .md or .rtf")
    }
    self.format = format
    for word in arguments.words.dropFirst() { runs.append(try NamedRun(word, last: last)) }
    if runs.isEmpty { runs = [NamedRun(last: last)] }
    guard runs.count <= Self.mostRuns else {
      throw .usage(
        "a report holds at most \(Self.mostRuns) runs, not \(runs.count)",
        at: arguments.nameRange, expected: BuiltIn.report.usage)
    }
  }
}
