import Foundation
import JSON
import Logging
import PluginHost
import PluginProtocol
import Testing

/// What an author reads of a fault in the analysis, by way of the kit.
@Suite(.serialized) struct KitFaultTests {
  private static let manifest = """
    id = "faulty"
    version = "1.0.0"
    protocol = 1
    summary = "Has faults"

    [[analysis]]
    name = "fault"
    summary = "Has a fault"
    [[analysis.parameter]]
    name = "level"
    type = "number"
    default = 0.9
    help = "Level"
    """

  private static let scripts: [AuthorKit.Language: String] = [
    .python: """
    import doublet_plugin as doublet
    plugin = doublet.Plugin()

    @plugin.analysis("fault")
    def fault(run):
        return BODY

    plugin.main()
    """,
    .r: """
    folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
    source(file.path(folder, "doublet_plugin.R"))
    doublet_analysis("fault", function(run) BODY)
    doublet_main()
    """,
  ]

  @Test(
    "A fault is told with its place, and a parameter the manifest lacks by its name",
    arguments: [
      (.python, "nothing", "NameError: name 'nothing' is not defined (plugin.py, line 6)"),
      (
        .python, "run.number('levle')",
        "LookupError: plugin.toml declares no parameter levle of fault (plugin.py, line 6)"
      ),
      (.python, "1", "TypeError: fault returned int, expected a Result"),
      (.r, "log(nothing)", "Error in analysis(run): object 'nothing' not found"),
      (.r, "stop('so')", "Error in analysis(run): so"),
      (
        .r, "run$number('levle')", "Error: plugin.toml declares no parameter levle of fault"
      ),
    ] as [(AuthorKit.Language, String, String)])
  func fault(language: AuthorKit.Language, body: String, sentence: String) async throws {
    guard language.isInstalled else { return }
    let script = try #require(Self.scripts[language]).replacing("BODY", with: body)
    let kit = try AuthorKit(language, manifest: Self.manifest, script: script)
    var settings = PluginHostSettings()
    // Far above what R takes, because other tests may be using every core.
    settings.startLimit = .seconds(60)
    let host = PluginHost(
      settings: settings, folders: [kit.folder],
      log: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    await host.reload()
    let failure = await #expect(throws: PluginFailure.self) {
      _ = try await host.run(
        RunRequest(analysis: "fault", parameters: ["level": 0.9]), plugin: "faulty")
    }
    await host.shutdown()
    #expect(failure?.description == sentence)
  }
}
