import ClientProtocol
import JSON
import PluginProtocol
import Store
import Testing

@testable import Workbench

@Suite(.timeLimit(.minutes(2)))
struct RecordTests {
  @Test func showGivesTheFirstAnswerAgain() async throws {
    try await Bench.with { (bench) async throws in
      let first = try await bench.session.say("echo 1/2")
      let shown = try await bench.session.say("show 1")
      #expect(shown["run"]?["stored"] == true)
      #expect(ResultComparison.firstDifference(first, shown) == nil)
      let failure = try await bench.session.refusal("echo refuse 1/2")
      var again = try await bench.session.refusal("show 2")
      #expect(again.range == nil)
      again.range = failure.range
      #expect(again == failure)
    }
  }

  @Test func rerunSaysIdenticalOrWhere() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.importTrial()
      try await bench.session.say("echo 15/30 p011 seed=3 about=order")
      let rerun = try await bench.session.say("rerun 1")
      #expect(rerun["title"] == "Run 2 is identical to run 1, bit for bit")
      #expect(rerun["run"]?["id"] == "2")
      let records = try bench.store.runs(limit: 2)
      #expect(records[0].request.key == records[1].request.key)
      #expect(records[0].request.command == "rerun 1")
      #expect(
        try bench.store.run(RunID(number: 1))?.result
          == bench.store.run(RunID(number: 2))?.result)

      try await bench.session.say("echo moody")
      // A process of another number takes the run.
      _ = try await bench.session.refusal("echo die fresh=yes")
      await bench.workbench.reload()
      let failure = try await bench.session.refusal("rerun 3")
      #expect(failure.kind == .differs)
      #expect(failure.message == "run 5 differs from run 3, first in estimates[0].value")
      #expect(failure.run == "5")
      #expect(
        try await bench.session.refusal("rerun 4")
          == CommandFailure(
            .unknownRun, "run 4 has no result: it is failed", at: 6..<7,
            expected: "a run that is done"))
    }
  }

  @Test(
    arguments: [
      (#"{"a":1}"#, #"{"a":1}"#, nil), (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, nil),
      (#"{"a":1}"#, #"{"a":2}"#, "a"), (#"{"a":[1,{"b":2}]}"#, #"{"a":[1,{"b":3}]}"#, "a[1].b"),
      (#"{"a":[1]}"#, #"{"a":[1,2]}"#, "a[1]"), (#"{"a":[1,2]}"#, #"{"a":[1]}"#, "a[1]"),
      (#"{"a":1}"#, "{}", "a"), ("{}", #"{"a":1}"#, "a"), (#"{"a":1}"#, #"{"a":"1"}"#, "a"),
      (#"{"a":{"b":1}}"#, #"{"a":1}"#, "a"),
      (#"{"a":0.30000000000000004}"#, #"{"a":0.3}"#, "a"), (#"{"a":0.0}"#, #"{"a":-0.0}"#, "a"),
      (#"{"a":{"c":1},"run":1}"#, #"{"a":{"c":1},"run":2}"#, nil),
      (#"{"plugin":1,"dataset":1}"#, #"{"plugin":2,"dataset":2}"#, nil),
      (#"{"a":{"run":1}}"#, #"{"a":{"run":2}}"#, "a.run"),
    ] as [(String, String, String?)])
  func findsTheFirstDifference(_ left: String, _ right: String, _ path: String?) throws {
    let left = try JSONValue(parsing: left)
    let right = try JSONValue(parsing: right)
    #expect(ResultComparison.firstDifference(left, right) == path)
  }

  @Test func runsAreListedLatestFirst() async throws {
    try await Bench.with { (bench) async throws in
      for number in 1...3 { try await bench.session.say("echo \(number)/4") }
      let table = try await bench.session.say("runs limit=2")["tables"]?.array?.first
      #expect(table?["rows"]?.array?.map { $0.array?.first } == ["3", "2"])
      #expect(table?["rows"]?.array?.first?.array?[2] == "echo 3/4")
      let page = try await bench.session.ask(
        .runList, ["limit": 5, "before": "3", "state": "done"])
      #expect(page["runs"]?.array?.map { $0["run"] } == ["2", "1"])
    }
  }

  @Test func theAuditTrailIsShownAndVerified() async throws {
    try await Bench.with { (bench) async throws in
      try await bench.session.say("echo 1/2")
      try await bench.session.say("echo 1/2")
      let rows = try await bench.session.say("audit limit=3")["tables"]?.array?.first?["rows"]
      #expect(
        rows?.array?.map { $0.array?[3] } == ["run.answer", "run.close", "run.open"])
      let verdict = try await bench.session.say("audit verify")
      #expect(verdict["title"] == "The audit trail is intact")
      #expect(
        verdict["tables"]?.array?.first?["rows"]
          == [[3, .string(try bench.store.auditHead().hash)]])
    }
  }
}

struct ResultSpliceTests {
  private static let part = ResultSplice.DaemonPart(
    analysis: "echo", plugin: ["id": "echo"], dataset: nil, parameters: Array("{\"a\":1}".utf8),
    seed: "7")

  @Test func keepsEveryDigitAPluginWrote() throws {
    let written =
      #" { "seed":"0", "estimates" : [ {"value":0.10000000000000000555, "x":1e-400} ],"#
      + #""analysis":"echo","plugin":{"id":"liar"},"parameters":{"a":2},"run":{"id":"9"},"z":1E5 }"#
    let document = try ResultSplice.document(Array(written.utf8), with: Self.part)
    #expect(
      String(decoding: document, as: UTF8.self)
        == #"{"analysis":"echo","plugin":{"id":"echo"},"parameters":{"a":1},"seed":"7","#
        + #""estimates":[ {"value":0.10000000000000000555, "x":1e-400} ],"z":1E5,"tests":[],"#
        + #""tables":[],"figures":[],"methods":[],"notes":[],"citations":[]}"#)
    let answer = ResultSplice.answer(document, run: "12", stored: false, seconds: 0.5)
    #expect(
      String(decoding: answer.suffix(80), as: UTF8.self).hasSuffix(
        #""citations":[],"run":{"id":"12","stored":false,"durationSeconds":0.5}}"#))
    #expect(try JSONValue(parsing: answer)["run"]?["id"] == "12")
  }

  @Test(
    arguments: [
      ("[]", "its result is not a JSON object: "), ("{\"analysis\"", "its result is not a JSON"),
      ("{}", "its result has no \"analysis\""),
      (#"{"analysis":"other"}"#, "its result is of another analysis, \"other\""),
      (#"{"analysis":"echo","notes":{}}"#, "\"notes\" of its result is not an array"),
    ])
  func refusesWhatIsNoResult(_ written: String, _ sentence: String) throws {
    let fault = try #require(throws: ResultSplice.Fault.self) {
      try ResultSplice.document(Array(written.utf8), with: Self.part)
    }
    #expect(fault.description.hasPrefix(sentence))
  }
}
