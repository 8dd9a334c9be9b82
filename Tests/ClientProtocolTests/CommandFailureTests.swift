import ClientProtocol
import JSON
import Testing

struct CommandFailureTests {
  @Test func writesTheWireForm() {
    let failure = CommandFailure(
      .unknownParameter, "echo has no parameter \"levle\"", at: 5..<10, parameter: "levle",
      expected: "one of level", nearest: "level")
    #expect(
      failure.json.text
        == #"{"code":-32602,"message":"echo has no parameter \"levle\"","#
        + #""data":{"kind":"parameter.unknown","at":{"offset":5,"length":5},"#
        + #""parameter":"levle","expected":"one of level","nearest":"level"}}"#)
  }

  @Test(arguments: CommandFailure.Kind.allCases)
  func survivesTheWire(_ kind: CommandFailure.Kind) throws {
    var failure = CommandFailure(
      kind, "what went wrong", at: 3..<3, parameter: "p", expected: "e", nearest: "n", run: "12",
      problems: ["one", "two"])
    failure.reason = "count.impossible"
    #expect(CommandFailure(json: try JSONValue(parsing: failure.json.text)) == failure)
    let bare = CommandFailure(kind, "only words")
    #expect(CommandFailure(json: bare.json) == bare)
  }

  @Test(
    "ignores a place that cannot be",
    arguments: [
      #"{"offset":-1,"length":2}"#, #"{"offset":1,"length":-2}"#, #"{"offset":"1","length":2}"#,
      #"{"offset":9223372036854775807,"length":9223372036854775807}"#, "{}", "7",
    ])
  func impossiblePlaces(_ place: String) throws {
    let json = try JSONValue(parsing: #"{"message":"m","data":{"kind":"internal","at":\#(place)}}"#)
    #expect(CommandFailure(json: json) == CommandFailure(.internal, "m"))
  }

  @Test func readsForeignErrors() {
    #expect(CommandFailure(json: ["message": "m"]) == CommandFailure(.internal, "m"))
    #expect(
      CommandFailure(json: ["message": "m", "data": ["kind": "new.kind"]])
        == CommandFailure(.internal, "m"))
    #expect(CommandFailure(json: ["code": 1]) == nil)
    #expect(CommandFailure(json: "text") == nil)
  }
}
