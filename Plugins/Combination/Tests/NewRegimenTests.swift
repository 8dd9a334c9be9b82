import Foundation
import JSON
import Logging
import PluginHost
import PluginProtocol
import PluginTesting
import Testing

@testable import Combination

/// A regimen somebody writes by the README, in a host that is not restarted.
struct NewRegimenTests {
  /// A folder of plugins with the engine and an agent, and a host over it.
  private final class Place {
    let folder = URL.temporaryDirectory.appending(path: "regimens-\(UUID().uuidString)")
    let host: PluginHost

    init() throws {
      for shippedFolder in ["Combination", "IMP321"] {
        let target = folder.appending(path: shippedFolder)
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
          at: URL(filePath: shipped(shippedFolder).path).appending(path: "plugin.toml"),
          to: target.appending(path: "plugin.toml"))
      }
      var settings = PluginHostSettings()
      settings.processesPerPlugin = 1
      settings.memoryLimitBytes = nil
      host = PluginHost(
        settings: settings, folders: [folder.path],
        log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String) throws -> String {
      let target = folder.appending(path: "new")
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      let file = target.appending(path: "plugin.toml")
      try Data(text.utf8).write(to: file)
      return file.path
    }
  }

  /// The example of the README, as it stands there.
  private func example() throws -> String {
    let readme = try String(contentsOfFile: plugin.path + "/README.md", encoding: .utf8)
    let start = try #require(readme.range(of: "```toml\n"))
    let end = try #require(readme.range(of: "```", range: start.upperBound..<readme.endIndex))
    return String(readme[start.upperBound..<end.lowerBound])
  }

  @Test func `the README's example works after a reload`() async throws {
    let place = try Place()
    #expect(await place.host.reload().problems == [])
    #expect(place.host.catalog.analysis("docetaxel-gastric") == nil)
    _ = try place.write(try example())
    let report = await place.host.reload()
    #expect(report.problems == [] && report.added == ["docetaxel-gastric"])
    let analysis = try #require(place.host.catalog.analysis("docetaxel-gastric")).analysis
    #expect(
      analysis.parameters.map(\.name) == [
        "immune", "immune.dose", "model", "patients", "correlation", "level", "no-effect",
        "heterogeneity", "scan-interval", "replicates",
      ])
    var parameters = JSONObject()
    for parameter in analysis.parameters { parameters[parameter.name] = parameter.default }
    parameters["immune"] = "imp321"
    let answer = try await place.host.run(
      RunRequest(analysis: "docetaxel-gastric", parameters: parameters),
      plugin: "docetaxel-gastric")
    let document = try ResultDocument(json: JSONValue(parsing: answer.result))
    #expect(
      document.primary?.text
        == "Docetaxel with IMP321: 14.4 % predicted to respond (95 % credible 7.6 to 24.0), 1 to 9 of"
        + " 30 patients, if the two act independently (response-level Bliss; example-2020 12/100 and"
        + " 0/21 alone).")
    #expect(document.notes.first?.code == "combination.extrapolation")

    // The host tells of every installed regimen, of which here there is no other.
    parameters["model"] = "dynamics"
    parameters["replicates"] = 200
    let dynamics = try await place.host.run(
      RunRequest(analysis: "docetaxel-gastric", parameters: parameters),
      plugin: "docetaxel-gastric")
    let predicted = try ResultDocument(json: JSONValue(parsing: dynamics.result))
    #expect(
      predicted.tables.first { $0.name == "calibration" }?.rows.map { $0[0] } == ["example-2020"])

    let show = try await place.host.run(
      RunRequest(
        analysis: "regimen", parameters: ["action": "show", "name": "docetaxel-gastric"]),
      plugin: "combination")
    let calendar = try ResultDocument(json: JSONValue(parsing: show.result))
    #expect(calendar.notes.first?.text == "8 infusions of docetaxel in 24 weeks.")
    await place.host.shutdown()
  }

  @Test func `a wrong one gets every problem with its line`() async throws {
    let place = try Place()
    await place.host.reload()
    var wrong = try example()
    for (right, mistake) in [
      ("line = \"second\"", "line = \"second\"\nlines = 2"), ("days = [1]", "days = [1, 29]"),
      ("cycle_days = 21", "cycle_days = 28"), ("dose = 75", "dose = -75"),
      ("responders = 12", "responders = 112"),
      ("citation = \"Author A et al. (2020). Journal 1:1.\"\n", ""),
      (
        "[[definition.control]]",
        "[[definition.drug]]\nname = \"docetaxel\"\ndose = 1\nunit = \"mg\"\nroute = \"IV\"\n"
          + "days = [1]\n\n[[definition.control]]"
      ),
    ] {
      #expect(wrong.contains(right))
      wrong = wrong.replacing(right, with: mistake, maxReplacements: 1)
    }
    let file = try place.write(wrong)
    #expect(
      await place.host.reload().problems.map(\.description) == [
        "\(file):12: definition.lines: no such key; did you mean \"line\"?",
        "\(file):18: definition.drug.0.dose: -75: a dose must be above 0",
        "\(file):21: definition.drug.0.days.1: day 29 of a cycle of 28 days",
        "\(file):24: definition.drug.1.name: two drugs are called \"docetaxel\"",
        "\(file):30: definition.control.0.citation: missing; expected text",
        "\(file):33: definition.control.0.responders: 112 responders of 100 patients",
      ])
    #expect(place.host.catalog.plugin("docetaxel-gastric") == nil)
    await place.host.shutdown()
  }
}
