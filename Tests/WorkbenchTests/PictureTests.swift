import ClientProtocol
import Foundation
import JSON
import Store
import Testing

@testable import Workbench

/// `plot` and `report`, with a real plugin, a real store and the real gnuplot.
@Suite(.timeLimit(.minutes(2)))
struct PictureTests {
  private static let hasGnuplot = FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot")

  @Test func `plot answers the figures of a run for the terminal`() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.session.say("echo draw 15/30")
      let all = try await bench.session.say("plot 1")
      #expect(all["analysis"] == "plot")
      #expect(all["figures"]?.array?.count == 2)
      let one = try await bench.session.say("plot last second")
      #expect(one["title"] == "Run 1: echo draw 15/30")
      #expect(one["figures"]?.array?.map { $0["name"]?.string } == ["second"])
      let text = try await bench.session.ask(
        .command, ["line": "plot 1 first", "format": "text"])
      #expect(text.string?.contains("The first figure\n") == true)
    }
  }

  @Test func `the last run is that which this session was answered last`() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.session.say("echo draw 15/30")
      try await bench.session.say("echo draw 16/30")
      #expect(try await bench.session.say("plot last")["title"] == "Run 2: echo draw 16/30")
      try await bench.session.say("echo draw 15/30")
      #expect(try await bench.session.say("plot last")["title"] == "Run 1: echo draw 15/30")
      let other = bench.workbench.makeSession(Bench.peer)
      #expect(try await other.say("plot last")["title"] == "Run 2: echo draw 16/30")
    }
  }

  @Test(
    "plot writes a file of each kind", .enabled(if: hasGnuplot),
    arguments: [
      ("a.svg", "<?xml"), ("a.PDF", "%PDF-"), ("a.png", "\u{89}PNG"),
    ])
  func files(name: String, start: String) async throws {
    try await Bench.with { (bench) async throws in
      try await bench.session.say("echo draw 15/30")
      let path = bench.folder.path + "/" + name
      let answer = try await bench.session.say("plot 1 first to=\(name)", in: bench.folder.path)
      #expect(answer["title"]?.string == "The figure first of run 1 is in \(path)")
      let bytes = try Data(contentsOf: URL(filePath: path))
      #expect(
        Array(bytes.prefix(4)) == Array(start.unicodeScalars.prefix(4).map { UInt8($0.value) }))
      let refusal = try await bench.session.refusal("plot 1 second to=\(path)")
      #expect(
        refusal.sentence
          == "\(path) is there already: expected another path, or force=yes to replace it")
      #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
      try await bench.session.say("plot 1 second to=\(path) force=yes")
      #expect(try Data(contentsOf: URL(filePath: path)) != bytes)
      // Nothing half-written is left.
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
          .filter { $0.hasPrefix("a.") } == [name])
    }
  }

  @Test(
    "what plot cannot do is a sentence",
    arguments: [
      (
        "plot",
        "plot needs the number of a run: expected plot RUN|last [FIGURE] [to=FILE] [force=yes|no]"
      ),
      ("plot 9", "there is no run 9: expected the number of a run; runs lists them"),
      ("plot x", "there is no run x: expected the number of a run, or last; runs lists them"),
      ("plot 1 frist", "run 1 has no figure frist: expected one of first, second"),
      ("plot 2", "run 2, echo, has no figures: expected a run whose result names figures"),
      (
        "plot 1 to=/nowhere/x.svg",
        "run 1 has several figures, and a file holds one: expected one of first, second"
      ),
      (
        "plot 1 first to=x.gif",
        "a figure cannot be written as x.gif: expected a file that ends in .svg, .pdf or .png"
      ),
      (
        "plot 1 first to=x.svg",
        "x.svg is a relative path, and a line on the socket has no folder: expected an absolute path, or the client's folder as \"cwd\""
      ),
      (
        "plot 1 first second",
        "plot has no use for second: expected plot RUN|last [FIGURE] [to=FILE] [force=yes|no]"
      ),
      ("report", "report needs a file: expected report FILE [RUN…|last] [force=yes|no]"),
      (
        "report /nowhere/x.doc",
        "a report cannot be written as /nowhere/x.doc: expected a file that ends in .html, .md or .rtf"
      ),
      ("report /nowhere/x.md 1", "/nowhere/x.md cannot be written: No such file or directory"),
      (
        "report /nowhere/never.md 1 77",
        "there is no run 77: expected the number of a run; runs lists them"
      ),
    ])
  func refusals(line: String, sentence: String) async throws {
    try await Bench.with { (bench) async throws in
      try await bench.session.say("echo draw 15/30")
      try await bench.session.say("echo 15/30")
      let line = line.hasSuffix("x.gif") ? line.replacing("x.gif", with: "/x.gif") : line
      let sentence =
        line.hasSuffix("x.gif") ? sentence.replacing("x.gif", with: "/x.gif") : sentence
      #expect(try await bench.session.refusal(line).sentence == sentence)
    }
  }

  @Test func `without a run that is done there is nothing to plot`() async throws {
    try await Bench.with { (bench) async throws in
      #expect(
        try await bench.session.refusal("plot last").sentence
          == "no run is done yet: expected a run that is done")
    }
  }

  @Test(
    "a report holds the runs, their data and what reproduces them",
    arguments: ["html", "md", "rtf"])
  func report(ending: String) async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      try await bench.session.say("echo dataset=p011 draw 1/3 window=6w")
      try await bench.session.say("echo 15/30")
      try await bench.session.say("report r.\(ending) 1 2", in: bench.folder.path)
      let text = try String(contentsOfFile: bench.folder.path + "/r.\(ending)", encoding: .utf8)
      let closing = try #require(try bench.store.closingRow(of: RunID(number: 1)))
      #expect(closing.action == "run.close")
      #expect(text.contains(closing.hash))
      let dataset = try #require(try bench.store.dataset(named: "p011"))
      #expect(text.contains(dataset.hash))
      #expect(text.contains("assessment.csv"))
      #expect(
        text.contains("echo dataset=p011 count=1/3 level=0.95 mode=draw window=42d fresh=yes"))
    }
  }

  @Test func `the line a report gives reproduces the run bit for bit`() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      let first = try await bench.session.say(
        "echo p011 draw 1/3 window=6w about=\"a \\\"b\\\" c\"")
      try await bench.session.say("report r.rtf last", in: bench.folder.path)
      let text = try String(contentsOfFile: bench.folder.path + "/r.rtf", encoding: .utf8)
      let line = try #require(
        text.components(separatedBy: "Reproduces it: ").dropFirst().first?
          .components(separatedBy: "\\par").first)
      let again = try await bench.session.say(line.replacing("\\\\", with: "\\"))
      #expect(again["run"]?["id"] == "2")
      #expect(ResultComparison.firstDifference(first, again) == nil)
    }
  }

  @Test func `the catalog knows the figures of the latest runs`() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.session.say("echo 15/30")
      try await bench.session.say("echo draw 15/30")
      for _ in 1...2 {
        let catalog = try CatalogDocument(json: try await bench.session.ask(.catalog))
        #expect(catalog.figures == ["2": ["first", "second"]])
      }
    }
  }
}
