import ClientProtocol
import Glibc
import JSON
import PluginProtocol
import Rendering
import Reporting
import Store

extension Workbench {
  /// The figures of a run, for the terminal or in a file.
  func plot(_ request: PlotRequest) async throws(CommandFailure) -> ResultDocument {
    let record = try finishedRun(request.run)
    let result = try Self.document(record)
    var document = ResultDocument(.plot, title: "Run \(record.id): \(record.request.command)")
    document.dataset = result.dataset
    document.figures = try Self.figures(of: result, record.id, named: request.figure)
    guard let file = request.file else { return document }
    guard let figure = document.figures.first, document.figures.count == 1 else {
      throw CommandFailure(
        .unknownFigure, "run \(record.id) has several figures, and a file holds one",
        at: request.run.range, expected: Self.list(result.figures))
    }
    try file.checkIsFree()
    let bytes: [UInt8]
    do {
      bytes = try await gnuplot().draw(figure, as: request.format)
    } catch {
      throw CommandFailure(.figureFailed, error.description)
    }
    try file.write(bytes)
    return .written(
      file.path, bytes.count, "The figure \(figure.name) of run \(record.id)", by: .plot)
  }

  /// gnuplot, as it is found now.
  func gnuplot() throws(ReportingError) -> Gnuplot {
    var environment: [String: String] = [:]
    for name in ["PATH", "HOME"] {
      environment[name] = unsafe getenv(name).map { unsafe String(cString: $0) }
    }
    return try Gnuplot(environment: environment)
  }

  static func document(_ record: RunRecord) throws(CommandFailure) -> ResultDocument {
    do {
      return try ResultDocument(json: JSONValue(parsing: record.result ?? ""))
    } catch {
      throw CommandFailure(
        .internal, "the result of run \(record.id) cannot be read: \(Wire.words(for: error))",
        run: record.id.description)
    }
  }

  private static func figures(
    of result: ResultDocument, _ run: RunID, named name: CommandLine.Token?
  ) throws(CommandFailure) -> [ResultDocument.Figure] {
    guard !result.figures.isEmpty else {
      throw CommandFailure(
        .unknownFigure, "run \(run), \(result.analysis), has no figures", at: name?.range,
        expected: "a run whose result names figures")
    }
    guard let name else { return result.figures }
    let chosen = result.figures.filter { $0.name == name.text }
    guard chosen.isEmpty else { return chosen }
    throw CommandFailure(
      .unknownFigure, "run \(run) has no figure \(name.text.commandToken)", at: name.range,
      expected: list(result.figures), nearest: result.figures.map(\.name).nearest(to: name.text))
  }

  private static func list(_ figures: [ResultDocument.Figure]) -> String {
    (figures.count > 1 ? "one of " : "") + figures.map(\.name).joined(separator: ", ")
  }
}

extension ResultDocument {
  /// A file that was written.
  static func written(
    _ path: String, _ bytes: Int, _ what: String, by command: BuiltIn
  ) -> Self {
    var document = Self(command, title: "\(what) is in \(path)")
    document.add(
      "file", "", [.init("file", "File"), .init("bytes", "Bytes", .count)],
      [[.string(path), .count(bytes)]])
    return document
  }
}
