import Foundation
import Glibc
import JSON
import Logging
import PluginProtocol
import Testing

@testable import PluginHost

/// What a reload puts in force.
@Suite(.serialized) struct ReloadTests {
  private func manifest(_ id: String, run: String = "\"MisbehavingPlugin\", \"behaves\"") -> String
  {
    """
    id = "\(id)"
    version = "1.0.0"
    protocol = 1
    summary = "A plugin"
    run = [\(run), "\(id)"]
    """
  }

  private func analysis(_ name: String) -> String {
    "\n[[analysis]]\nname = \"\(name)\"\nsummary = \"s\"\n"
  }

  @Test("adds, changes and removes")
  func changes() async throws {
    let test = try TestHost()
    try test.write(manifest("a") + analysis("alpha"), to: "a/plugin.toml")
    try test.write(manifest("b"), to: "b/plugin.toml")
    try test.write("nothing", to: "no-plugin/readme.txt")
    var report = await test.host.reload()
    #expect(report == ReloadReport(plugins: ["a", "b"], added: ["a", "b"]))
    #expect(test.host.catalog.analysisNames == ["alpha"])
    #expect(test.host.catalog.analysis("alpha")?.plugin.id == "a")
    report = await test.host.reload()
    #expect(report == ReloadReport(plugins: ["a", "b"]))
    try test.write(manifest("a") + analysis("beta"), to: "a/plugin.toml")
    try FileManager.default.removeItem(atPath: test.root + "/plugins/b")
    report = await test.host.reload()
    #expect(report == ReloadReport(plugins: ["a"], changed: ["a"], removed: ["b"]))
    #expect(test.host.catalog.analysisNames == ["beta"])
    #expect(await test.failure("b") == .unknownPlugin("b"))
    await test.host.shutdown()
  }

  @Test("a folder under two names is read once")
  func twice() async throws {
    let test = try TestHost()
    try test.write(manifest("a"), to: "a/plugin.toml")
    let (folder, link) = (test.root + "/plugins", test.root + "/link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder)
    let found = CatalogReader().scan(
      [folder, link, test.root + "/missing", folder, folder + "/a"],
      settings: PluginHostSettings())
    #expect(found.map(\.folder) == [folder + "/a", folder + "/a"])
    let host = PluginHost(
      settings: PluginHostSettings(), folders: [folder, link],
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    #expect(await host.reload() == ReloadReport(plugins: ["a"], added: ["a"]))
    await host.shutdown()
    await test.host.shutdown()
  }

  @Test("a bad manifest keeps the older good one in force")
  func keepsOld() async throws {
    let test = try TestHost()
    try test.write(manifest("a"), to: "a/plugin.toml")
    await test.host.reload()
    try test.write("id = ", to: "a/plugin.toml")
    let report = await test.host.reload()
    #expect(report.plugins == ["a"])
    #expect(report.problems.map(\.line) == [1])
    #expect(report.problems.first?.file == test.root + "/plugins/a/plugin.toml")
    _ = try await test.run("a")
    await test.host.shutdown()
  }

  @Test("a name belongs to the first that takes it")
  func collisions() async throws {
    let test = try TestHost { $0.reservedNames = ["help"] }
    let folder = test.root + "/plugins"
    try test.write(manifest("a") + analysis("alpha"), to: "1/plugin.toml")
    try test.write(manifest("a"), to: "2/plugin.toml")
    try test.write(manifest("c") + analysis("beta") + analysis("alpha"), to: "3/plugin.toml")
    try test.write(manifest("d") + analysis("help"), to: "4/plugin.toml")
    try test.write(manifest("e", run: "\"no-such-program\""), to: "5/plugin.toml")
    let report = await test.host.reload()
    #expect(report.plugins == ["a"])
    #expect(
      report.problems.map(\.description) == [
        "\(folder)/2/plugin.toml:1: the id \"a\" is taken by \(folder)/1",
        "\(folder)/3/plugin.toml:11: the name \"alpha\" is taken by \(folder)/1",
        "\(folder)/4/plugin.toml:7: the name \"help\" is taken by a command",
        "\(folder)/5/plugin.toml:5: no program is called \"no-such-program\" in \(folder)/5, "
          + "on PATH or \(test.host.settings.executableFolder)",
      ])
    await test.host.shutdown()
  }

  @Test("the fingerprint covers every file of the folder")
  func fingerprint() async throws {
    let test = try TestHost()
    try test.write(manifest("a"), to: "a/plugin.toml")
    try test.write("1", to: "a/lib/module.py")
    await test.host.reload()
    let first = try #require(test.host.catalog.plugin("a")?.fingerprint)
    #expect(first.count == 64)
    _ = try await test.run("a")
    let process = test.status("a")?.processes
    await test.host.reload()
    #expect(test.host.catalog.plugin("a")?.fingerprint == first)
    #expect(test.status("a")?.processes == process, "as before, so it stays warm")
    try test.write("22", to: "a/lib/module.py")
    try test.write("x", to: "a/.hidden")
    let report = await test.host.reload()
    #expect(report.changed == ["a"])
    #expect(test.host.catalog.plugin("a")?.fingerprint != first)
    #expect(process.flatMap(\.first).map(ends) == true, "the old process goes")
    _ = try await test.run("a")
    await test.host.shutdown()
  }

  @Test("a run in progress ends with the plugin it began with")
  func reloadDuringRun() async throws {
    let test = try TestHost()
    try test.write(
      """
      id = "well-behaved"
      version = "1.0.0"
      protocol = 1
      summary = "s"
      run = ["WellBehavedPlugin"]
      """, to: "a/plugin.toml")
    await test.host.reload()
    let started = AsyncStream<Void>.makeStream()
    let run = Task {
      try await test.host.run(RunRequest(analysis: "wait"), plugin: "well-behaved") { _ in
        started.continuation.yield()
      }
    }
    for await _ in started.stream { break }
    let process = try #require(test.status("well-behaved")?.processes.first)
    try test.write("x", to: "a/readme.txt")
    #expect(await test.host.reload().changed == ["well-behaved"])
    _ = try await test.run("well-behaved", analysis: "steps")
    #expect(test.status("well-behaved")?.processes != [process])
    run.cancel()
    _ = await run.result
    #expect(ends(process))
    await test.host.shutdown()
  }

  @Test("an interpreter is found on PATH, its script beside the manifest")
  func interpreter() async throws {
    let test = try TestHost()
    try test.write(
      """
      id = "shell"
      version = "1.0.0"
      protocol = 1
      summary = "A plugin in a few lines of shell"
      run = ["sh", "plugin.sh"]
      """, to: "shell/plugin.toml")
    try test.write(
      #"""
      read -r line <&3
      echo '{"jsonrpc":"2.0","id":1,"result":{"protocol":1,"id":"shell","version":"1.0.0"}}' >&4
      while read -r line <&3; do
        id=${line#*'"id":'}
        echo "asked for ${id%%,*}"
        echo '{"jsonrpc":"2.0","id":'"${id%%,*}"',"result":"from the shell"}' >&4
      done
      """#, to: "shell/plugin.sh")
    #expect(await test.host.reload().problems == [])
    for id in 2...4 {
      let answer = try await test.run("shell")
      #expect(answer.result == Array("\"from the shell\"".utf8))
      #expect(answer.log == ["asked for \(id)"])
    }
    await test.host.shutdown()
  }

  @Test("an engine checks a definition, serves it, and gives it a command")
  func declarative() async throws {
    let test = try TestHost()
    try test.write(
      """
      id = "well-behaved"
      version = "1.0.0"
      protocol = 1
      summary = "s"
      run = ["WellBehavedPlugin"]
      [[analysis]]
      name = "well-behaved"
      summary = "The template"
      [[analysis.parameter]]
      name = "patients"
      type = "count"
      help = "Patients"
      """, to: "engine/plugin.toml")
    let head = """
      id = "regimen"
      version = "1.0.0"
      protocol = 1
      summary = "A regimen"
      engine = "well-behaved"

      """
    let file = test.root + "/plugins/regimen/plugin.toml"
    try test.write(
      head + "[definition]\ndrugs = [\n  { dose = 80 },\n  { dose = 0 },\n]\n",
      to: "regimen/plugin.toml")
    #expect(
      await test.host.reload().problems.map(\.description) == [
        "\(file):9: definition.drugs.1.dose: a dose must be above zero"
      ])
    #expect(test.host.catalog.plugin("regimen") == nil)
    try test.write(head + "[definition]\ndrugs = [{ dose = 80 }]\n", to: "regimen/plugin.toml")
    #expect(await test.host.reload().problems == [])
    let analysis = try #require(test.host.catalog.analysis("regimen"))
    #expect(analysis.analysis.parameters.map(\.name) == ["patients"])
    #expect(analysis.analysis.summary == "A regimen")
    _ = try await test.run("regimen", analysis: "steps")
    try test.write(head + "[definition]\nx = 1\n", to: "regimen/plugin.toml")
    #expect(
      await test.host.reload().problems.map(\.description) == [
        "\(file):6: definition.drugs: a regimen needs its drugs"
      ])
    #expect(test.host.catalog.plugin("regimen") != nil, "the old form stays")
    try test.write(
      head.replacing("well-behaved", with: "nobody") + "[definition]\nx = 1\n",
      to: "regimen/plugin.toml")
    #expect(
      await test.host.reload().problems.map(\.description) == [
        "\(file):5: engine: no engine is called \"nobody\""
      ])
    await test.host.shutdown()
  }

  @Test("a declarative plugin inherits all but the parameter that would name it")
  func inheritance() async throws {
    let test = try TestHost()
    try test.write(
      """
      id = "well-behaved"
      version = "1.0.0"
      protocol = 1
      summary = "s"
      run = ["WellBehavedPlugin"]
      [[analysis]]
      name = "well-behaved"
      summary = "The template"
      definitions = ["regimen"]
      [[analysis.parameter]]
      name = "regimen"
      type = "text"
      definition_kind = "regimen"
      help = "A backbone"
      [[analysis.parameter]]
      name = "immune"
      type = "text"
      definition_kind = "immune-agent"
      definition_prefix = "agent:"
      help = "An agent"
      """, to: "engine/plugin.toml")
    for (id, kind) in [("gem", "regimen"), ("imp", "immune-agent")] {
      try test.write(
        """
        id = "\(id)"
        version = "1.0.0"
        protocol = 1
        summary = "s"
        engine = "well-behaved"
        [definition]
        kind = "\(kind)"
        drugs = [{ dose = 80 }]
        """, to: "\(id)/plugin.toml")
    }
    #expect(await test.host.reload().problems == [])
    let catalog = test.host.catalog
    #expect(catalog.analysis("gem")?.analysis.parameters.map(\.name) == ["immune"])
    #expect(catalog.analysis("imp")?.analysis.parameters.map(\.name) == ["regimen"])
    #expect(catalog.plugins(defining: "regimen").map(\.id) == ["gem"])
    let analysis = try #require(catalog.analysis("well-behaved")?.analysis)
    let named = catalog.definitions(
      named: ["regimen": "gem", "immune": "gem", "patients": "imp"], in: analysis)
    #expect(named.mapValues(\.id) == ["regimen": "gem"], "a name of another kind is none")
    for (value, plugin) in [("agent:imp", "imp"), ("imp", nil), ("agent:gem", nil)] {
      let named = catalog.definitions(named: ["immune": .string(value)], in: analysis)
      #expect(named["immune"]?.id == plugin, "\(value)")
    }
    #expect(catalog.installed(for: analysis).map(\.id) == ["gem"])
    await test.host.shutdown()
  }
}
