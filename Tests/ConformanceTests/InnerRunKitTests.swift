import Foundation
import JSON
import Logging
import PluginHost
import PluginProtocol
import PluginTesting
import Testing

/// The author kits have the host run analyses of other plugins, and say the same in each language.
@Suite(.serialized) struct InnerRunKitTests {
  private static let manifest = """
    id = "asks"
    version = "1.0.0"
    protocol = 1
    summary = "Asks the host"

    [[analysis]]
    name = "ask"
    summary = "Asks the host"
    calls = ["count", "wait"]
    [[analysis.parameter]]
    name = "analysis"
    type = "text"
    required = true
    help = "What to run"
    [[analysis.parameter]]
    name = "level"
    type = "number"
    default = 0.9
    help = "Passed on"
    """

  private static let scripts: [AuthorKit.Language: String] = [
    .python: """
    import doublet_plugin as doublet
    plugin = doublet.Plugin()

    @plugin.analysis("ask")
    def ask(run):
        name = run.text("analysis")
        run.progress(0.1)
        given = {} if name == "wait" else {"responders": "15/30", "level": run.number("level")}
        inner = run.run(name, given, seed=2**64 - 1 if name == "count" else None)
        result = run.result(f"{inner['plugin']['id']} {inner['seed']}")
        for one in inner["estimates"]:
            result.estimate(one["name"], one["label"], one["value"])
        return result

    plugin.main()
    """,
    .r: """
    folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
    source(file.path(folder, "doublet_plugin.R"))

    doublet_analysis("ask", function(run) {
      name <- run$text("analysis")
      run$progress(0.1)
      given <- if (name == "wait") list() else list(responders = "15/30", level = run$number("level"))
      seed <- if (name == "count") "18446744073709551615"
      inner <- run$run(name, given, seed = seed)
      result <- doublet_result(paste(inner$plugin$id, inner$seed))
      for (one in inner$estimates) {
        result <- doublet_estimate(result, one$name, one$label, one$value)
      }
      result
    })
    doublet_main()
    """,
  ]

  private static let counter = """
    id = "well-behaved"
    version = "1.0.0"
    protocol = 1
    summary = "Counts"
    run = ["WellBehavedPlugin"]
    [[analysis]]
    name = "count"
    summary = "Counts"
    [[analysis.parameter]]
    name = "responders"
    type = "ratio"
    help = "Count"
    [[analysis.parameter]]
    name = "level"
    type = "probability"
    help = "Level"
    [[analysis]]
    name = "wait"
    summary = "Waits"
    """

  private func with(
    _ language: AuthorKit.Language, _ body: (PluginHost) async throws -> Void
  ) async throws {
    let script = try #require(Self.scripts[language])
    let kit = try AuthorKit(language, manifest: Self.manifest, script: script)
    let counter = URL(filePath: kit.folder).appending(path: "counter")
    try FileManager.default.createDirectory(at: counter, withIntermediateDirectories: true)
    try Data(Self.counter.utf8).write(to: counter.appending(path: "plugin.toml"))
    var settings = PluginHostSettings()
    // Far above what R takes, because other tests may be using every core.
    settings.startLimit = .seconds(60)
    let host = PluginHost(
      settings: settings, folders: [kit.folder, counter.path],
      log: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    let report = await host.reload()
    try #require(report.plugins == ["asks", "well-behaved"], "\(report.problems)")
    do {
      try await body(host)
    } catch {
      await host.shutdown()
      throw error
    }
    await host.shutdown()
  }

  private func ask(
    _ host: PluginHost, _ analysis: String, level: Double = 0.9
  ) async throws -> PluginAnswer {
    let parameters: JSONObject = ["analysis": .string(analysis), "level": .number(level)]
    return try await host.run(
      RunRequest(analysis: "ask", parameters: parameters, seed: "7"), plugin: "asks")
  }

  private func refusal(_ host: PluginHost, _ analysis: String, level: Double = 0.9) async -> String
  {
    do {
      _ = try await ask(host, analysis, level: level)
      return "no refusal"
    } catch let PluginFailure.refused(refusal) {
      return "\(refusal.kind) \(refusal.parameter ?? "-"): \(refusal.message)"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: AuthorKit.Language.allCases)
  func anAnalysisIsRunByTheHost(language: AuthorKit.Language) async throws {
    guard language.isInstalled else { return }
    try await with(language) { (host) async throws in
      for _ in 0..<3 {
        let answer = try await ask(host, "count")
        let document = try ResultDocument(json: JSONValue(parsing: answer.result))
        #expect(document.title == "well-behaved 18446744073709551615")
        #expect(document.estimates.map(\.value) == [0.5])
        #expect(document.estimates.first?.label == "Rate at level 0.9")
        #expect(answer.calls.map(\.analysis) == ["count"])
      }
    }
  }

  @Test(arguments: AuthorKit.Language.allCases)
  func refusalsNameTheAnalysis(language: AuthorKit.Language) async throws {
    guard language.isInstalled else { return }
    try await with(language) { (host) async throws in
      #expect(
        await refusal(host, "count", level: 2)
          == "parameter.value -: count: level=2: expected a probability strictly between 0 and 1")
      #expect(
        await refusal(host, "other")
          == "call.undeclared -: other: ask asks for other, which \"calls\" in its manifest leaves out"
      )
      #expect(try await ask(host, "count").calls.count == 1, "it goes on")
    }
  }

  @Test(arguments: AuthorKit.Language.allCases)
  func aCancelReachesTheInnerRun(language: AuthorKit.Language) async throws {
    guard language.isInstalled else { return }
    try await with(language) { (host) async throws in
      for _ in 0..<2 {
        let outer = Task { try await self.ask(host, "wait") }
        while host.status().contains(where: { $0.state != .running(1) || $0.waiting > 0 }) {
          await Task.yield()
        }
        outer.cancel()
        let result = await outer.result
        #expect(throws: PluginFailure.cancelled) { try result.get() }
        #expect(try await ask(host, "count").calls.count == 1, "both are free again")
      }
      #expect(host.status().map(\.restarts) == [0, 0])
    }
  }

  @Test(arguments: AuthorKit.Language.allCases)
  func triedByHandItSaysThatItNeedsTheHost(language: AuthorKit.Language) throws {
    guard language.isInstalled else { return }
    let script = try #require(Self.scripts[language])
    let kit = try AuthorKit(language, manifest: Self.manifest, script: script)
    let (output, status) = try kit.run("--try", "ask", "analysis=count")
    #expect(status == 1)
    #expect(
      output.contains(
        "refused: count is run by the host, and there is none here that does: try it in doublet"))
  }
}
