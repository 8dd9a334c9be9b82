import JSON
import PluginProtocol
import Testing

/// Messages, word for word.
struct MessageTests {
  private func plugin(_ line: String) throws(PluginMessageFault) -> PluginMessage {
    try PluginMessage(parsing: Array(line.utf8))
  }

  @Test("a plugin's lines are told apart")
  func pluginLines() throws {
    #expect(
      try plugin(#"{"jsonrpc":"2.0","id":3,"result":{"x": 1.0}}"#)
        == .answer(id: 3, result: Array(#"{"x": 1.0}"#.utf8)))
    #expect(
      try plugin(#"{"id":3,"result":null,"jsonrpc":"2.0"}"#)
        == .answer(id: 3, result: Array("null".utf8)))
    #expect(
      try plugin(#"{"jsonrpc":"2.0","id":3,"error":{"code":-1,"message":"no","data":{"a":1}}}"#)
        == .failure(id: 3, code: -1, message: "no", data: ["a": 1]))
    #expect(
      try plugin(
        #"{"jsonrpc":"2.0","method":"progress","params":{"id":3,"fraction":0.5,"message":"m"}}"#)
        == .progress(id: 3, RunProgress(fraction: 0.5, message: "m")))
    #expect(
      try plugin(#"{"jsonrpc":"2.0","method":"log","params":{"message":"m"}}"#) == .log("m"))
    #expect(
      try plugin(#"{"jsonrpc":"2.0","method":"celebrate"}"#) == .unknown(method: "celebrate"))
  }

  @Test(
    "a line that is none is named",
    arguments: [
      ("", "sent a line that is not JSON (byte 1: expected an object)"),
      ("[]", "sent a line that is not JSON (byte 1: expected an object)"),
      (#"{"id":1,"result":1}"#, "sent a line without \"jsonrpc\":\"2.0\""),
      (#"{"jsonrpc":"1.0","id":1,"result":1}"#, "sent a line without \"jsonrpc\":\"2.0\""),
      (#"{"jsonrpc":"2.0"}"#, "sent a line with neither method nor id"),
      (#"{"jsonrpc":"2.0","id":"1","result":1}"#, "sent a line with neither method nor id"),
      (#"{"jsonrpc":"2.0","id":1}"#, "sent a line that needs exactly one of result and error"),
      (
        #"{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1,"message":""}}"#,
        "sent a line that needs exactly one of result and error"
      ),
      (#"{"jsonrpc":"2.0","id":1,"error":"x"}"#, "sent a line whose error has no code and message"),
      (#"{"jsonrpc":"2.0","method":1}"#, "sent a line whose method is a number"),
      (
        #"{"jsonrpc":"2.0","method":"host.run","id":null}"#,
        "sent a line that asks for \"host.run\" with an id that is null"
      ),
      (
        #"{"jsonrpc":"2.0","method":"progress","params":{"id":1}}"#,
        "sent a line of progress without id and fraction"
      ),
      (#"{"jsonrpc":"2.0","method":"log"}"#, "sent a line of log without a message"),
    ])
  func faults(line: String, sentence: String) {
    let fault = #expect(throws: PluginMessageFault.self) { try plugin(line) }
    #expect(fault?.description == sentence)
  }

  @Test("what the host writes, a plugin reads")
  func requests() throws {
    let run = RunRequest(
      analysis: "a", parameters: ["level": 0.95],
      dataset: RunRequest.DatasetFile(name: "d", hash: "h", path: "/p"),
      datasets: ["reference": RunRequest.DatasetFile(name: "e", hash: "i", path: "/q")],
      definition: JSONObjectBox(["x": 1]), seed: "18446744073709551615",
      shard: RunRequest.Shard(first: 5, count: 10))
    let requests: [PluginRequest] = [
      .initialize(protocol: 1, features: ["host.run"]), .initialize(protocol: 1, features: []),
      .check(definition: ["a": 1]), .run(run),
      .run(RunRequest(analysis: "a")), .merge(partials: [1, "a"]), .shutdown,
    ]
    for request in requests {
      let line = try Wire.line(request, id: 7).bytes
      #expect(try HostMessage(parsing: line) == .request(id: 7, request))
    }
    #expect(try JSONValue(encoding: run) == run.json)
    #expect(try JSONValue(encoding: run).text == run.json.text)
    #expect(
      try HostMessage(parsing: Wire.cancellation(of: 7).bytes) == .cancel(id: 7))
    #expect(
      try HostMessage(parsing: Wire.answer(id: "a", result: [1]).bytes)
        == .answer(id: "a", result: [1]))
    let failure = Wire.failure(id: 3, code: Wire.cancelledCode, message: "given up")
    #expect(
      try HostMessage(parsing: failure.bytes)
        == .failure(id: 3, Refusal("run.cancelled", "given up")))
    #expect(
      try HostMessage(parsing: Array(#"{"method":"celebrate"}"#.utf8))
        == .unknown(method: "celebrate"))
  }

  @Test(
    "a request a plugin cannot act on is answered with why",
    arguments: [
      ("x", "null", Wire.parseErrorCode, "byte 1: expected a value"),
      (#"{"id":1}"#, "1", Wire.invalidRequestCode, "a request needs a method"),
      ("[]", "null", Wire.invalidRequestCode, "a request needs a method"),
      (
        #"{"id":"a","method":"dance"}"#, "\"a\"", Wire.unknownMethodCode,
        "no method is called \"dance\""
      ),
      (
        #"{"id":1,"method":"initialize"}"#, "1", Wire.invalidParametersCode,
        "initialize lacks its parameter \"protocol\""
      ),
      (
        #"{"id":1,"method":"merge","params":{"partials":1}}"#, "1", Wire.invalidParametersCode,
        "merge lacks its parameter \"partials\""
      ),
      (
        #"{"id":1,"method":"run","params":{"analysis":1}}"#, "1", Wire.invalidParametersCode,
        "run: analysis: expected a string, found a number"
      ),
    ])
  func hostFaults(line: String, id: String, code: Int64, message: String) {
    let fault = #expect(throws: HostMessageFault.self) {
      try HostMessage(parsing: Array(line.utf8))
    }
    #expect(fault?.id.text == id)
    #expect(fault?.code == code)
    #expect(fault?.message == message)
  }

  @Test("a refusal survives the wire")
  func refusal() {
    let refusal = Refusal("a.b", "words", parameter: "p", expected: "e")
    #expect(
      Refusal(code: Wire.refusalCode, message: "words", data: refusal.errorData) == refusal)
    let kinds: [(Int64, String)] = [
      (Wire.unknownMethodCode, "plugin.unknown-method"), (-5, "plugin.refused"),
      (Wire.invalidParametersCode, "plugin.invalid-parameters"),
      (Wire.internalErrorCode, "plugin.internal-error"),
    ]
    for (code, kind) in kinds {
      #expect(Refusal(code: code, message: "m", data: nil) == Refusal(kind, "m"))
    }
  }

  @Test("lines are cut wherever the bytes happen to break")
  func lines() throws {
    let text = Array("one\n\ntwo\r\nthree and more\nrest".utf8)
    for size in 1...text.count {
      var buffer = LineBuffer(limit: 20)
      var lines: [String] = []
      for start in stride(from: 0, to: text.count, by: size) {
        buffer.append(text[start..<min(start + size, text.count)])
        while let line = try buffer.next() { lines.append(String(decoding: line, as: UTF8.self)) }
      }
      #expect(lines == ["one", "", "two", "three and more"])
      #expect(buffer.holdsPartialLine)
    }
  }

  @Test("a line may have so many bytes and not one more")
  func lineLimit() throws {
    var buffer = LineBuffer(limit: 4)
    buffer.append(Array("1234\n".utf8)[...])
    #expect(try buffer.next() == Array("1234".utf8))
    buffer.append(Array("12345".utf8)[...])
    #expect(throws: LineBuffer.LineTooLong(limit: 4)) { try buffer.next() }
  }

  @Test("a result document survives the wire, in its order")
  func resultDocument() throws {
    var document = ResultDocument(analysis: "a", title: "t")
    document.plugin = ResultDocument.PluginReference(id: "p", version: "1")
    document.dataset = ResultDocument.DatasetReference(name: "d", hash: "h")
    document.parameters = JSONObjectBox(["z": 1, "a": [1, .null]])
    document.seed = "18446744073709551615"
    document.primary = ResultDocument.PrimaryPair(interval: "i", test: nil, text: "t")
    document.estimates = [
      ResultDocument.Estimate(
        name: "n", label: "l", value: .infinity, unit: "u",
        interval: ResultDocument.Interval(method: "wilson", level: 0.95, lower: 0.1, upper: 0.9),
        count: ResultDocument.Count(events: 1, total: 2), group: "g"),
      ResultDocument.Estimate(name: "m", label: "l", value: nil, status: "not estimable"),
    ]
    document.tests = [
      ResultDocument.TestResult(
        name: "n", method: "exact", alternative: "two-sided", statistic: 1, degreesOfFreedom: 2,
        pValue: .leastNonzeroMagnitude, versus: "v")
    ]
    document.tables = [
      ResultDocument.ResultTable(
        name: "n", title: "t", columns: [ResultDocument.Column("c", "C", .pValue)],
        rows: [[0.1], [.null], ["NaN"]])
    ]
    document.figures = [
      ResultDocument.Figure(
        name: "f", kind: "forest", title: "t",
        axes: [ResultDocument.Axis(name: "x", label: "X", unit: "mm")],
        series: [ResultDocument.Series(name: "s", label: "S", x: [1, 2], y: [0.5, .null])],
        references: [ResultDocument.ReferenceLine(axis: "x", value: 0, label: "zero")])
    ]
    document.methods = [ResultDocument.MethodChoice(topic: "t", choice: "c", source: "s")]
    document.notes = [Note(.caution, "c", "t")]
    document.citations = ["Someone 1934"]
    document.run = ResultDocument.RunReference(id: "1", stored: true, durationSeconds: 0.5)
    let json = try JSONValue(encoding: document)
    #expect(try ResultDocument(json: JSONValue(parsing: json.bytes)) == document)
    #expect(
      json.object?.keys == [
        "analysis", "title", "plugin", "dataset", "parameters", "seed", "primary", "estimates",
        "tests", "tables", "figures", "methods", "notes", "citations", "run",
      ])
    #expect(json["parameters"]?.text == "{\"z\":1,\"a\":[1,null]}")
  }

  @Test("a manifest survives the wire")
  func manifest() throws {
    let manifest = PluginManifest(
      id: "a", version: "1", summary: "s", run: ["x"],
      analyses: [
        AnalysisDeclaration(
          name: "n", summary: "s", data: .optional,
          parameters: [ParameterDeclaration(name: "p", type: .choice, help: "h", choices: ["a"])],
          shards: "replicates", examples: ["n"])
      ], definition: JSONObjectBox(["x": 1]))
    #expect(try PluginManifest(json: JSONValue(encoding: manifest)) == manifest)
  }
}
