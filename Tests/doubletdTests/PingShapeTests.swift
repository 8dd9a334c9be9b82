import ClientProtocol
import JSON
import NIOCore
import Testing

@testable import doubletd

struct PingShapeTests {
  static let recognized = [
    #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#,
    #"{"jsonrpc": "2.0", "id": 1, "method": "ping"}"#,
    #"{"method":"ping","id":"a b","jsonrpc":"2.0"}"#,
    #" { "id" : 0 , "params" : { } , "jsonrpc" : "2.0" , "method" : "ping" } "#,
    #"{"jsonrpc":"2.0","id":123456789012345678,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":"","method":"ping"}"#,
  ]
  static let leftToTheFullReading = [
    #"{"jsonrpc":"2.0","id":01,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1e3,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":-1,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1234567890123456789,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":null,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":"\n","method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":"é","method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1,"id":1,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","jsonrpc":"2.0","id":1,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping","method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping","v":2}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"progress":true}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#,
    #"{"jsonrpc":"2.1","id":1,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"pong"}"#,
    #"{"jsonrpc":"2.0","id":1}"#,
    #"{"id":1,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping","#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping",}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping"#,
    #"["jsonrpc"]"#, "{}", "{", "", " ", "ping",
  ]

  @Test(arguments: recognized)
  func recognizes(line: String) throws {
    let bytes = Array(line.utf8)
    let found = PingShape.id(in: bytes.span)
    let id = try #require(found)
    #expect(try ClientRequest(line: bytes).method == .ping)
    #expect(try JSONValue(parsing: bytes[id]) == ClientRequest(line: bytes).id)
  }

  @Test(arguments: leftToTheFullReading)
  func leaves(line: String) {
    let bytes = Array(line.utf8)
    let found = PingShape.id(in: bytes.span)
    #expect(found == nil)
  }

  /// Change any byte of a ping to any of the bytes that mean something: what is still recognized
  /// is still a ping to the full reading, and its id is echoed as the full reading would.
  @Test(arguments: recognized)
  func neverDisagreesWithTheFullReading(line: String) throws {
    let original = Array(line.utf8)
    let meaningful = Array("{}[]:,\"\\ 019.-epi\t\r\u{0}\u{7F}".utf8) + [0xC3, 0xFF]
    for index in original.indices {
      for byte in meaningful {
        var bytes = original
        bytes[index] = byte
        guard let id = PingShape.id(in: bytes.span) else { continue }
        let request = try ClientRequest(line: bytes)
        #expect(request.method == .ping)
        #expect(request.id?.bytes == Array(bytes[id]))
      }
    }
  }

  @Test(arguments: ["ping", "  ping", "\tping \t", "ping\r"])
  func recognizesTheCommand(line: String) throws {
    #expect(isCommand(line))
    let text = line.hasSuffix("\r") ? String(line.dropLast()) : line
    let command = try CommandLine(text)
    #expect(command.name?.text == "ping" && command.words.isEmpty && command.parameters.isEmpty)
  }

  @Test(arguments: [
    "", " ", "pin", "pings", "ping x", "ping#", "PING", "\"ping\"", "ping a=1", "p ing",
  ])
  func leavesOtherCommands(line: String) {
    #expect(!isCommand(line))
  }

  private func isCommand(_ line: String) -> Bool { PingShape.isCommand(Array(line.utf8).span) }
}
