import ClientProtocol
import Foundation
import JSON
import PluginHost
import Testing

@testable import Workbench

/// New plugins work untouched, and what cannot be made or examined is said in a sentence.
@Suite(.serialized) struct PluginScaffoldTests {
  /// Whether a program runs; says that the test is skipped where it does not.
  private static func isInstalled(_ words: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let isThere = (try? process.run()) != nil
    if isThere { process.waitUntilExit() }
    guard isThere, process.terminationStatus == 0 else {
      print("skipped: \(words[0]) not at hand")
      return false
    }
    return true
  }

  @Test func pythonWorksUntouched() async throws {
    guard Self.isInstalled("python3", "-c", "import tomllib") else { return }
    try await Bench.with { (bench) async throws in
      let made = try await bench.session.say("plugins new python rate-above")
      let folder = bench.folder.path + "/data/plugins/rate-above"
      #expect(made["title"] == .string("A new plugin in \(folder)"))
      #expect(
        made["tables"]?.array?.first?["rows"] == [
          ["README.md"], ["doublet_plugin.py"], ["plugin.py"], ["plugin.toml"],
          ["test_plugin.py"],
        ])
      let answer = try await bench.session.say("rate-above 15/30 replicates=200")
      #expect(answer["estimates"]?.array?.first?["value"] == 0.5)
      try await checkPasses("rate-above", bench)
      #expect(Self.isInstalled("python3", "\(folder)/test_plugin.py"))
    }
  }

  @Test func rWorksUntouched() async throws {
    guard Self.isInstalled("Rscript", "-e", "library(jsonlite)") else { return }
    try await Bench.with { (bench) async throws in
      try await bench.session.say("plugins new r rate-above")
      let folder = bench.folder.path + "/data/plugins/rate-above"
      let answer = try await bench.session.say("rate-above 15/30")
      // R 4.2.2: binom.test(15, 30, 0.25)$p.value
      let p = try #require(answer["tests"]?.array?.first?["pValue"]?.number)
      #expect(abs(p / 0.0047139371560105583 - 1) < 1e-12)
      try await checkPasses("rate-above", bench)
      #expect(Self.isInstalled("Rscript", "\(folder)/test_plugin.R"))
    }
  }

  @Test func aRegimenWorksUntouched() async throws {
    try await Bench.with { (bench) async throws in
      let engine = try String(
        contentsOfFile: Bench.repository + "/Plugins/Combination/plugin.toml", encoding: .utf8)
      try bench.folder.write("plugins/combination/plugin.toml", engine)
      try await bench.session.say("plugins reload")
      let made = try await bench.session.say("plugins new regimen weekly-taxane")
      #expect(made["tables"]?.array?.first?["rows"] == [["README.md"], ["plugin.toml"]])
      let answer = try await bench.session.say("weekly-taxane")
      #expect(answer["analysis"] == "weekly-taxane")
      let checked = try await bench.session.say("plugins check weekly-taxane")
      let rows = try #require(checked["tables"]?.array?.first?["rows"]?.array)
      #expect(
        rows.map { $0.array?.first } == [
          "manifest", "definition", "defaults.weekly-taxane", "determinism",
        ])
      #expect(rows.allSatisfy { $0.array?[1] == "passed" })

      let file = "data/plugins/weekly-taxane/plugin.toml"
      let text = try String(contentsOfFile: bench.folder.path + "/" + file, encoding: .utf8)
      try bench.folder.write(file, text.replacing("dose = 80", with: "dose = -80"))
      let failure = try await bench.session.refusal("plugins check weekly-taxane")
      #expect(failure.problems.count == 1)
      let problem = failure.problems.first ?? ""
      #expect(problem.hasPrefix("definition: \(bench.folder.path)/\(file):"), "\(problem)")
      #expect(
        problem.hasSuffix("Look at [definition] in plugin.toml, and the README of its engine."))
    }
  }

  private func checkPasses(_ name: String, _ bench: Bench) async throws {
    let checked = try await bench.session.say("plugins check \(name)")
    let rows = try #require(checked["tables"]?.array?.first?["rows"]?.array)
    #expect(rows.count > 15)
    // Only a slow machine may leave the check of memory without enough runs to judge by.
    let skipped = rows.filter { $0.array?[1] != "passed" }.compactMap { $0.array?[0].string }
    #expect(skipped.allSatisfy { $0 == "many-runs" })
  }

  @Test func whatFailsIsListedWithWhereToLook() async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write(
        "bad/plugin.toml",
        """
        id = "bad"
        version = "1.0.0"
        protocol = 1
        summary = "Bad"
        run = ["no-such-program"]
        """)
      let failure = try await bench.session.refusal("plugins check bad", in: bench.folder.path)
      let folder = bench.folder.path + "/bad"
      #expect(failure.kind == .pluginCheckFailed)
      #expect(failure.message == "\(folder) fails 1 check of 1")
      #expect(
        failure.problems == [
          "manifest: \(folder)/plugin.toml:5: no program is called \"no-such-program\" in "
            + "\(folder) or \(bench.host.settings.executableFolder). Look at plugin.toml."
        ])
    }
  }

  @Test(
    arguments: [
      (
        "plugins new pyton x",
        CommandFailure(
          .usage, "there is no kind of plugin \"pyton\"", at: 12..<17,
          expected: "one of regimen, swift, python, r", nearest: "python")
      ),
      (
        "plugins new python",
        CommandFailure(
          .usage, "plugins new needs a kind and a name", at: 8..<11,
          expected: "plugins new regimen|swift|python|r NAME [to=FOLDER]")
      ),
      (
        "plugins new python Win_Ratio",
        CommandFailure(
          .usage, "a plugin cannot be called \"Win_Ratio\"", at: 19..<28,
          expected: "lower-case letters, digits and hyphens, a letter first, at most 40 of them")
      ),
      (
        "plugins new python import",
        CommandFailure(
          .usage, "the name \"import\" is taken by a command", at: 19..<25,
          expected: "another name")
      ),
      (
        "plugins check",
        CommandFailure(
          .usage, "plugins check needs a folder", at: 8..<13, expected: "plugins check FOLDER")
      ),
      (
        "plugins reload to=/tmp",
        CommandFailure(
          .usage, "to= belongs to plugins new", at: 18..<22, expected: BuiltIn.plugins.usage)
      ),
    ])
  func refused(line: String, failure: CommandFailure) async throws {
    try await Bench.with { (bench) async throws in
      #expect(try await bench.session.refusal(line) == failure)
    }
  }

  @Test func nothingIsOverwritten() async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write("mine/README.md", "mine")
      let failure = try await bench.session.refusal(
        "plugins new python mine to=.", in: bench.folder.path)
      #expect(failure.message == "\(bench.folder.path)/./mine is there already")
      #expect(try bench.folder.contents("mine") == ["README.md"])
    }
  }
}
