import JSON
import PluginHost
import PluginProtocol
import Testing

/// Two plugins whose analyses call one another, and some that end a path of calls.
enum CallingPlugins {
  /// Plugins that offer analyses which call the next one; the last of a path is `count`.
  static func host(
    _ change: (inout PluginHostSettings) -> Void = { _ in }
  ) async throws -> TestHost {
    let test = try TestHost(change)
    for (id, analyses) in [
      ("well-behaved", ["call-a", "call-b"] + (1...9).map { "call-\($0)" }), ("other", ["call-c"]),
    ] {
      try test.write(Self.manifest(id, analyses), to: "\(id)/plugin.toml")
    }
    let report = await test.host.reload()
    try #require(report.problems == [], "\(report.problems)")
    return test
  }

  private static func manifest(_ id: String, _ analyses: [String]) -> String {
    """
    id = "\(id)"
    version = "1.0.0"
    protocol = 1
    summary = "Calls"
    run = ["WellBehavedPlugin", "\(id)"]

    """ + analyses.map(caller).joined() + (id == "other" ? "" : leaves)
  }

  /// An analysis that may call every other, and some that are not there.
  private static func caller(_ name: String) -> String {
    let others =
      ["call-a", "call-b", "call-c", "count", "wait", "refuse", "gone", "sum"]
      + (1...9).map { "call-\($0)" }
    let calls = others.filter { $0 != name }.map { "\"\($0)\"" }.joined(separator: ", ")
    let texts = ["path", "given", "data", "number"].map { parameter($0, "text") }.joined()
    return """
      [[analysis]]
      name = "\(name)"
      summary = "Calls"
      data = "optional"
      calls = [\(calls)]
      \(texts)\(parameter("times", "count"))
      """
  }

  private static func parameter(_ name: String, _ type: String, _ more: String = "") -> String {
    "[[analysis.parameter]]\nname = \"\(name)\"\ntype = \"\(type)\"\nhelp = \"\(name)\"\n\(more)\n"
  }

  private static let leaves = """

    [[analysis]]
    name = "count"
    summary = "Counts"
    data = "optional"
    \(parameter("responders", "ratio", "positional = true\nrequired = true"))
    \(parameter("level", "probability", "default = 0.95"))

    [[analysis]]
    name = "wait"
    summary = "Waits"

    [[analysis]]
    name = "refuse"
    summary = "Refuses"

    [[analysis]]
    name = "reader"
    summary = "Reads"
    data = "required"

    [[analysis]]
    name = "sum"
    summary = "Adds"
    shards = "replicates"
    \(parameter("replicates", "count", "default = 100"))
    """

  static let half: JSONObject = ["responders": "15/30"]

  static func run(
    _ test: TestHost, _ analysis: String, _ path: String, given: JSONObject = Self.half,
    dataset: RunRequest.DatasetFile? = nil, seed: String? = "7", _ more: JSONObject = [:]
  ) async throws -> (document: ResultDocument, answer: PluginAnswer) {
    var parameters: JSONObject = [
      "path": .string(path), "given": .string(JSONValue.object(given).text),
    ]
    for (name, value) in more.members { parameters[name] = value }
    let request = RunRequest(
      analysis: analysis, parameters: parameters, dataset: dataset, seed: seed)
    let plugin = try #require(test.host.catalog.analysis(analysis)?.plugin.id)
    let answer = try await test.host.run(request, plugin: plugin)
    return (try ResultDocument(json: JSONValue(parsing: answer.result)), answer)
  }
}
