import Glibc
import JSON
import PluginKit
import PluginProtocol

/// Says back what it was asked, or misbehaves where `mode` says so.
@main struct EchoPlugin: AnalysisPlugin {
  static let identity = PluginIdentity(id: "echo", version: "1.0.0")

  func run(_ request: RunRequest, context: RunContext) async throws -> ResultDocument {
    switch request.parameters["mode"]?.string {
    case "refuse":
      throw Refusal(
        "count.impossible", "there are not that many patients", parameter: "count",
        expected: "a count of the trial")
    case "die": abort()
    case "wait":
      context.progress(0.25, "waiting")
      await context.untilCancelled()
      throw CancellationError()
    default: break
    }
    var document = ResultDocument(analysis: request.analysis, title: "Echo")
    document.estimates = [
      .init(name: "third", label: "A third", value: 1.0 / 3),
      .init(name: "count", label: "Count", value: request.parameters["count"]?["events"]?.number),
    ]
    if request.parameters["mode"]?.string == "moody" {
      document.estimates[0].value = Double(getpid())
    }
    if request.parameters["mode"]?.string == "draw" { document.figures = Self.figures }
    if let dataset = request.dataset {
      document.notes = [Note(.info, "echo.dataset", dataset.path)]
    }
    for (parameter, definition) in request.definitions ?? [:] {
      document.notes.append(
        Note(.info, "echo.\(parameter)", JSONValue.object(definition.object).text))
    }
    for (parameter, file) in request.datasets ?? [:] {
      document.notes.append(
        Note(.info, "echo.\(parameter)", "\(file.name) \(file.hash) \(file.path)"))
    }
    return document
  }

  func check(_ definition: JSONObject) async throws -> [Diagnostic] { [] }

  private static let figures = ["first", "second"].map { name in
    ResultDocument.Figure(
      name: name, kind: .curve, title: "The \(name) figure",
      axes: [.init(name: "x", label: "X"), .init(name: "y", label: "Y")],
      series: [.init(name: "a", label: "a", x: [0, 1, 2], y: [1, 4, 2])])
  }
}
