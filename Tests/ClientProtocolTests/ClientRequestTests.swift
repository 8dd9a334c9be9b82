import ClientProtocol
import JSON
import Testing

struct ClientRequestTests {
  @Test func readsARequest() throws {
    let line =
      #"{"jsonrpc":"2.0","id":7,"method":"run.wait","params":{"run":"3","progress":true},"v":1}"#
    let request = try ClientRequest(line: Array(line.utf8))
    #expect(request.id == 7)
    #expect(request.method == .runWait)
    #expect(request.parameters["run"] == "3")
    #expect(request.wantsProgress)
  }

  @Test func aLineThatIsNoObjectIsACommand() throws {
    let request = try ClientRequest(line: Array("show 12".utf8))
    #expect(request == ClientRequest(id: .null, method: .command, parameters: ["line": "show 12"]))
    #expect(!request.wantsProgress)
  }

  @Test func aRequestWithoutAnIDIsANotification() throws {
    let request = try ClientRequest(line: Array(#" {"jsonrpc":"2.0","method":"ping"}"#.utf8))
    #expect(request.id == nil)
    #expect(request.parameters.isEmpty)
  }

  @Test(
    arguments: [
      (
        #"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, 1, "request.invalid",
        #""jsonrpc" must be "2.0""#
      ),
      (#"{"jsonrpc":"2.0","id":1}"#, 1, "request.invalid", #""method" must be a string"#),
      (
        #"{"jsonrpc":"2.0","id":"a","method":"pnig"}"#, "a", "method.unknown",
        #"there is no method "pnig""#
      ),
      (
        #"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, 1, "request.invalid",
        #""params" must be an object"#
      ),
      (
        #"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, .null, "request.invalid",
        #""id" must be a string, a number or null"#
      ),
      (
        #"{"jsonrpc":"2.0","id":1,"v":2,"method":"ping"}"#, 1, "request.invalid",
        "protocol version 2 is not spoken here; supported: 1"
      ),
    ] as [(String, JSONValue, String, String)])
  func faults(_ line: String, _ id: JSONValue, _ kind: String, _ message: String) throws {
    let malformed = try #require(throws: ClientRequest.Malformed.self) {
      try ClientRequest(line: Array(line.utf8))
    }
    #expect(malformed.id == id)
    #expect(malformed.failure.kind.rawValue == kind)
    #expect(malformed.failure.message == message)
  }

  @Test func offersTheNearestMethod() throws {
    let malformed = try #require(throws: ClientRequest.Malformed.self) {
      try ClientRequest(line: Array(#"{"jsonrpc":"2.0","id":1,"method":"run.submti"}"#.utf8))
    }
    #expect(malformed.failure.nearest == "run.submit")
  }

  @Test func saysWhereJSONGoesWrong() throws {
    let malformed = try #require(throws: ClientRequest.Malformed.self) {
      try ClientRequest(line: Array(#"{"jsonrpc":"#.utf8))
    }
    #expect(malformed.id == .null)
    #expect(malformed.failure.kind == .malformed)
    #expect(malformed.failure.message.hasPrefix("not JSON: "))
    let invalid = try #require(throws: ClientRequest.Malformed.self) {
      try ClientRequest(line: [0x73, 0xFF])
    }
    #expect(invalid.failure == CommandFailure(.malformed, "the line is not valid UTF-8"))
  }
}
