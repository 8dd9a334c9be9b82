import ClientProtocol
import Crypto
import Foundation
import JSON
import Logging
import PluginHost
import PluginProtocol
import Store
import Synchronization
import Testing

@testable import Workbench

@Suite(.timeLimit(.minutes(2)))
struct SelfCheckTests {
  private static let header = "method,command,path,expected,tolerance,source,tool,theirs,reason\n"
  private static let third = "third,echo 3/4,estimates[name=third].value,0.3333333333333333,1e-15,s"

  private func write(_ rows: [String], in bench: Bench) throws {
    try bench.folder.write(
      "plugins/echo/selfcheck/cases.csv", Self.header + rows.joined(separator: "\n") + "\n")
  }

  private func records(_ bench: Bench) throws -> [String] {
    try bench.folder.contents("data/selfcheck")
  }

  @Test func passesFilesARecordAndNotesIt() async throws {
    try await Bench.with { (bench) async throws in
      try write(
        [
          Self.third + ",,,", "count,echo 3/4,estimates[1].value,3,1e-15,s,Excel 5,3.1,it drifts",
          "refusal,echo 1/2 refuse,error.data.reason,count.impossible,0,s,,,",
          "refusal,echo 1/2 levle=0.9,error.data.nearest,level,0,s,,,",
        ], in: bench)
      let answer = try await bench.session.say("selfcheck echo")
      #expect(answer["title"] == "All 4 reference cases passed")
      let tables = answer["tables"]?.array ?? []
      #expect(
        tables.first { $0["name"] == "methods" }?["rows"] == [
          ["count", 1, 1, 0, "0", 0], ["refusal", 2, 2, 0, "", 0], ["third", 1, 1, 0, "0", 0],
        ])
      #expect(
        tables.first { $0["name"] == "disagreements" }?["rows"]
          == [["Excel 5", "count", "echo 3/4", "3.0", "3.1", "it drifts"]])

      #expect(try bench.store.runs(limit: 9).isEmpty, "a check is no run")
      let row = try #require(try bench.store.auditRows(limit: 1).first)
      #expect(row.action == "event" && row.subject == "selfcheck")
      #expect(row.detail.hasPrefix("All 4 reference cases passed; "))
      #expect(try records(bench).count == 2)
      for name in try records(bench) {
        let data = try Data(
          contentsOf: URL(filePath: bench.folder.path + "/data/selfcheck/" + name))
        #expect(row.detail.contains(SHA256.hash(data: data).hexadecimal))
      }
      #expect(try await bench.store.verifyAudit().isIntact)
    }
  }

  @Test func theRecordHasEveryCase() async throws {
    try await Bench.with { (bench) async throws in
      try write([Self.third + ",,,"], in: bench)
      try await bench.session.say("selfcheck")
      let name = try #require(try records(bench).first { $0.hasSuffix(".json") })
      let text = try String(
        contentsOfFile: bench.folder.path + "/data/selfcheck/" + name, encoding: .utf8)
      let json = try JSONValue(parsing: text)
      #expect(json["passed"] == true && json["user"] == "4000000001")
      let plugin = try #require(bench.host.catalog.plugin("echo"))
      #expect(json["plugins"]?.array?.first?["sha256"] == .string(plugin.fingerprint))
      let checked = try #require(json["cases"]?.array?.first)
      #expect(checked["expected"] == "0.3333333333333333" && checked["found"] == .number(1.0 / 3))
      #expect(checked["relativeError"] == 0 && checked["source"] == "s")
      for fact in ["date", "doublet", "host", "system", "kernel", "processor", "cores"] {
        #expect(json[fact]?.string?.isEmpty == false, "\(fact)")
      }
    }
  }

  @Test func aWrongValueFailsAndIsFiledAllTheSame() async throws {
    try await Bench.with { (bench) async throws in
      try write(
        [
          "third,echo 3/4,estimates[0].value,0.33,printed,s,,,",
          "third,echo 3/4,estimates[0].value,0.34,1e-3,s,,,",
          "death,echo 3/4 die,title,Echo,0,s,,,", "other,dice,title,Echo,0,s,,,",
          "none,status,title,Echo,0,s,,,",
        ], in: bench)
      let failure = try await bench.session.refusal("selfcheck")
      #expect(failure.kind == .selfCheckFailed)
      #expect(failure.message == "2 of 4 reference cases failed, 1 case could not be read")
      #expect(
        failure.problems[0]
          == "echo/selfcheck/cases.csv:6: status asks for no analysis of echo: "
          + "expected one of echo, reader, dice")
      #expect(
        failure.problems[1]
          == "echo/selfcheck/cases.csv:3: echo 3/4: estimates[0].value: expected 0.34, "
          + "found 0.3333333333333333")
      #expect(failure.problems[2].contains("refused: echo was killed by SIGABRT during a run"))
      #expect(try records(bench).count == 2)
      #expect(
        try bench.store.auditRows(limit: 1).first?.detail.hasPrefix(failure.message) == true)
    }
  }

  @Test func casesReadTheDataSetsBesideThem() async throws {
    try await Bench.with { (bench) async throws in
      let folder = "plugins/echo/selfcheck/"
      try bench.folder.write(folder + "trial/subject.csv", "subject,arm\nS1,a\nS2,b\n")
      try write(
        [
          "name,reader trial at=4w,dataset.name,trial,0,s,,,",
          "none,reader tial at=4w,error.data.kind,dataset.unknown,0,s,,,",
        ], in: bench)
      let answer = try await bench.session.say("selfcheck echo")
      #expect(answer["title"] == "All 2 reference cases passed")
      #expect(try await bench.session.say("datasets")["tables"]?.array?.first?["rows"] == nil)

      try bench.folder.write(folder + "broken/subject.csv", "subject,arm\nS1,a\nS1,b\n")
      let failure = try await bench.session.refusal("selfcheck echo")
      #expect(failure.message == "1 case could not be read")
      #expect(failure.problems[0].hasPrefix("echo/selfcheck/broken: "), "\(failure.problems)")
    }
  }

  @Test func nothingCheckedIsNoSuccess() async throws {
    try await Bench.with { (bench) async throws in
      let failure = try await bench.session.refusal("selfcheck")
      #expect(failure.message == "No reference case was found: nothing is checked")
      #expect(
        try await bench.session.refusal("selfcheck ecko")
          == CommandFailure(
            .usage, "there is no analysis \"ecko\"", at: 10..<14,
            expected: "an analysis or a plugin; help and plugins list them", nearest: "echo"))
    }
  }

  @Test func whatIsServedByAnotherIsCheckedWithIt() {
    let plugins = [("engine", nil), ("regimen", "engine"), ("other", nil)]
    let report = SelfCheckReport(
      at: Timestamp(millisecondsSince1970: 0), user: "u", version: "1",
      plugins: plugins.map { .init(id: $0.0, version: "1", hash: "h", engine: $0.1) }, cases: [],
      problems: [], seconds: 0)
    #expect(
      report.document.notes.map(\.text) == [
        "engine ships no reference cases.", "other ships no reference cases.",
        "What engine computes was checked with its own cases; served by it without more are"
          + " regimen.",
      ])
  }

  @Test func reportsProgressAndIsCancelled() async throws {
    try await Bench.with { (bench) async throws in
      try write([Self.third + ",,,", "wait,echo wait,title,Echo,0,s,,,"], in: bench)
      let (started, waiting) = RunTests.signal()
      let task = Task {
        try await bench.session.ask(.command, ["line": "selfcheck"]) { progress, _ in
          if progress.fraction == 0.5 { started.yield(nil) }
        }
      }
      _ = await waiting.first { _ in true }
      task.cancel()
      await #expect(throws: CommandFailure(.cancelled, "the self-check was cancelled")) {
        try await task.value
      }
      #expect(!FileManager.default.fileExists(atPath: bench.folder.path + "/data/selfcheck"))
    }
  }

  /// The cases that come with a plugin, through its real process.
  @Test(arguments: [
    ("response-rate", 1_500), ("survival", 1_100), ("combination", 180), ("temporal-split", 16),
  ])
  func theShippedCasesPass(plugin: String, count: Int) async throws {
    let folder = try TemporaryFolder()
    let plugins = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Plugins").path
    var settings = PluginHostSettings()
    settings.temporaryFolder = folder.path
    let log = Logger(label: "test")
    let host = PluginHost(settings: settings, folders: [plugins], log: log)
    await host.reload()
    let store = try Store(folder: folder.path + "/data", daemon: Caller(uid: 1, user: "doubletd"))
    let workbench = Workbench(
      host: host, store: store, dataFolder: folder.path + "/data", log: log)
    let session = workbench.makeSession(Bench.peer)
    let answer = await Result { () async throws in
      try await session.say("selfcheck \(plugin)")
    }
    await host.shutdown()
    try store.close()
    let rows = try answer.get()["tables"]?.array?.first { $0["name"] == "methods" }?["rows"]?.array
    #expect((rows?.compactMap { $0.array?[1].integer }.reduce(0, +) ?? 0) > count)
  }
}

extension Result where Failure == any Error {
  fileprivate init(_ body: () async throws -> Success) async {
    do {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}
