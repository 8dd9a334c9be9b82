import Foundation
import JSON
import Logging
import PluginHost
import PluginProtocol
import Testing

/// Both author kits carry numbers and texts without loss, and hear what the host says.
@Suite(.serialized) struct NumberTests {
  private static let manifest = """
    id = "kit"
    version = "1.0.0"
    protocol = 1
    summary = "Says back"
    [[analysis]]
    name = "numbers"
    summary = "Numbers"
    [[analysis]]
    name = "long"
    summary = "Runs until it is cancelled"
    """

  private static let scripts: [AuthorKit.Language: String] = [
    .python: """
    import doublet_plugin as doublet
    plugin = doublet.Plugin()

    @plugin.analysis("numbers")
    def numbers(run):
        values = [0.1 + 0.2, 1 / 3, 1e300 / 7, 5e-324, -0.0, 2**53 + 0.0, 123456789012.0,
                  float("nan"), float("inf"), float("-inf"), None]
        print("a stray line")
        return run.result("é \\"\\\\\\t").table("t", "T", [doublet.column("v", "V", "number")],
                                             [[value] for value in values])

    @plugin.analysis("long")
    def long(run):
        step = 0
        while True:
            step += 1
            run.progress(1 - 1 / step)

    plugin.main()
    """,
    .r: """
    source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))),
                     "doublet_plugin.R"))
    doublet_analysis("numbers", function(run) {
      values <- c(0.1 + 0.2, 1 / 3, 1e300 / 7, 5e-324, -0.0, 2^53, 123456789012, NaN, Inf, -Inf, NA)
      print("a stray line")
      doublet_data_table(doublet_result("\\u00e9 \\"\\\\\\t"), "t", "T",
                         list(doublet_column("v", "V", "number")), data.frame(v = values))
    })
    doublet_analysis("long", function(run) {
      step <- 0
      repeat {
        step <- step + 1
        run$progress(1 - 1 / step)
      }
    })
    doublet_main()
    """,
  ]

  private static let expected: [JSONValue] = [
    .number(0.30000000000000004), .number(1.0 / 3), .number(1e300 / 7),
    .number(.leastNonzeroMagnitude),
    .number(-0.0), .number(9_007_199_254_740_992), .number(123_456_789_012), "NaN", "Inf", "-Inf",
    .null,
  ]

  private func host(
    _ language: AuthorKit.Language, _ body: (PluginHost) async throws -> Void
  ) async throws {
    let kit = try AuthorKit(
      language, manifest: Self.manifest, script: try #require(Self.scripts[language]))
    let host = PluginHost(
      settings: PluginHostSettings(), folders: [kit.folder],
      log: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    let report = await host.reload()
    #expect(report.problems == [])
    try await body(host)
    await host.shutdown()
  }

  @Test("Every double comes back bit for bit", arguments: AuthorKit.Language.allCases)
  func numbers(language: AuthorKit.Language) async throws {
    guard language.isInstalled else { return }
    try await host(language) { host in
      let answer = try await host.run(
        RunRequest(analysis: "numbers", seed: "18446744073709551615"), plugin: "kit")
      let document = try ResultDocument(json: JSONValue(parsing: answer.result))
      let cells = document.tables[0].rows.map { $0[0] }
      #expect(cells.count == Self.expected.count)
      for (cell, expected) in zip(cells, Self.expected) {
        #expect(cell.string == expected.string)
        #expect(cell.number?.bitPattern == expected.number?.bitPattern, "\(cell) \(expected)")
      }
      #expect(document.title == "é \"\\\t")
      #expect(document.seed == "18446744073709551615")
      #expect(answer.log.last?.hasSuffix("a stray line\(language == .r ? "\"" : "")") == true)
    }
  }

  @Test("A run that reports progress hears a cancel", arguments: AuthorKit.Language.allCases)
  func cancel(language: AuthorKit.Language) async throws {
    guard language.isInstalled else { return }
    try await host(language) { host in
      let (moments, signal) = AsyncStream<Void>.makeStream()
      let run = Task {
        try await host.run(RunRequest(analysis: "long"), plugin: "kit") { _ in signal.yield() }
      }
      for await _ in moments { break }
      let process = host.status().first?.processes
      run.cancel()
      let result = await run.result
      #expect(throws: PluginFailure.cancelled) { try result.get() }
      _ = try await host.run(RunRequest(analysis: "numbers"), plugin: "kit")
      // The same process: it was not ended for want of an answer.
      #expect(host.status().first?.processes.contains(process?.first ?? -1) == true)
      #expect(host.status().first?.restarts == 0)
    }
  }
}
