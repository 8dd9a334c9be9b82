import ClientProtocol
import Foundation
import JSON
import Testing

@testable import doubletd

@Suite(.timeLimit(.minutes(2)))
struct SocketServerTests {
  @Test func answersEveryRequestOnceThoughTheyOverlap() async throws {
    try await TestServer.run { test, stage in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<3 {
          group.addTask {
            let client = try test.connect()
            for id in 0..<20 {
              let line = id.isMultiple(of: 2) ? "wait \(number)-\(id)" : "echo \(number)-\(id)"
              try await client.command(line, id: JSONValue.integer(Int64(id)))
            }
            for id in stride(from: 18, through: 0, by: -2) {
              await stage.saw(.started("\(number)-\(id)"))
              stage.open("\(number)-\(id)")
            }
            var answers: [Int64: JSONValue] = [:]
            for _ in 0..<20 {
              let answer = try #require(try await client.answer())
              let id = try #require(answer["id"]?.integer)
              #expect(answers.updateValue(answer, forKey: id) == nil, "answered twice")
              #expect(answer["result"]?.string == "\(number)-\(id)")
            }
            #expect(Set(answers.keys) == Set(0..<20))
            client.finishSending()
            #expect(try await client.rest() == [])
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func answersAQuickRequestBeforeASlowOneSentEarlier() async throws {
    try await TestServer.run { test, stage in
      let client = try test.connect()
      try await client.command("wait slow", id: "slow")
      try await client.command("echo quick", id: "quick")
      #expect(try await client.answer()?["id"] == "quick")
      #expect(try await client.request("ping", id: 9)?["result"] == "pong")
      stage.open("slow")
      #expect(try await client.answer()?["id"] == "slow")
    }
  }

  @Test func answersCommandLinesInTheirOrder() async throws {
    try await TestServer.run { test, stage in
      let client = try test.connect()
      try await client.send("wait first\necho second\nping\n")
      try await client.send(String(repeating: "echo third\n", count: 100))
      await stage.saw(.started("first"))
      stage.open("first")
      client.finishSending()
      let answers = try await client.rest().map { try JSONValue(parsing: $0) }
      #expect(answers.map { $0["id"] } == Array(repeating: .null, count: 103))
      #expect(
        answers.map { $0["result"] }
          == ["first", "second", "pong"] + Array(repeating: "third", count: 100))
    }
  }

  @Test(arguments: [
    ("ping\n", #"{"jsonrpc":"2.0","id":null,"result":"pong"}"#),
    ("ping\r\n", #"{"jsonrpc":"2.0","id":null,"result":"pong"}"#),
    ("  ping  # is it there?\n", #"{"jsonrpc":"2.0","id":null,"result":"pong"}"#),
    ("\"ping\"\n", #"{"jsonrpc":"2.0","id":null,"result":"pong"}"#),
    (
      #"{"jsonrpc":"2.0","id":"é","method":"ping"}"# + "\n",
      #"{"jsonrpc":"2.0","id":"é","result":"pong"}"#
    ),
    (
      #"{"jsonrpc":"2.0","id":1.5,"\u006dethod":"ping","v":1}"# + "\n",
      #"{"jsonrpc":"2.0","id":1.5,"result":"pong"}"#
    ),
    (
      #"{"jsonrpc":"2.0","id":1,"method":"command","params":{"line":"ping"}}"# + "\n",
      #"{"jsonrpc":"2.0","id":1,"result":"pong"}"#
    ),
    ("echo without an end", #"{"jsonrpc":"2.0","id":null,"result":"without an end"}"#),
    ("\n \t\n# a comment\n  # another\n\r\necho x\n", #"{"jsonrpc":"2.0","id":null,"result":"x"}"#),
    (
      "nonsense\n",
      #"{"jsonrpc":"2.0","id":null,"error":{"code":-32602,"message":"no nonsense","data":{"kind":"command.unknown"}}}"#
    ),
    (
      "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]\n",
      #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batches are not spoken here; send one JSON object a line","data":{"kind":"request.invalid"}}}"#
    ),
    (
      "{\"jsonrpc\":\"2.0\",\"id\":1,\n",
      #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"not JSON: byte 25: expected a key in double quotes","data":{"kind":"request.malformed"}}}"#
    ),
    (
      "echo \u{0}\u{1}\n", #"{"jsonrpc":"2.0","id":null,"result":"\u0000\u0001"}"#
    ),
    (
      #"{"jsonrpc":"2.0","id":3,"method":"pign"}"# + "\n",
      #"{"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"there is no method \"pign\"","data":{"kind":"method.unknown","nearest":"ping"}}}"#
    ),
  ])
  func answersALineWithALine(input: String, output: String) async throws {
    try await TestServer.run { test, _ in
      let client = try test.connect()
      try await client.send(input)
      client.finishSending()
      #expect(try await client.rest() == [output])
    }
  }

  @Test func livesThroughDeeplyNestedJSONAndBytesThatAreNoText() async throws {
    try await TestServer.run { test, _ in
      let client = try test.connect()
      try await client.send("{\"a\":" + String(repeating: "[", count: 200_000) + "\n")
      #expect(
        try await client.answer()?["error"]?["message"]
          == "not JSON: byte 69: nested more than 64 levels deep")
      try await client.send([0xFF, 0xFE, 0x0A])
      #expect(try await client.answer()?["error"]?["message"] == "the line is not valid UTF-8")
      try await client.send([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D, 0x0A])
      #expect(
        try await client.answer()?["error"]?["message"] == "not JSON: byte 3: not valid UTF-8")
      #expect(try await client.request("ping")?["result"] == "pong")
    }
  }

  @Test func refusesALineOf65MiBAndStaysThere() async throws {
    try await TestServer.run { test, _ in
      let client = try test.connect()
      async let sent: Void = client.send([UInt8](repeating: 0x78, count: 65 << 20))
      let answer = try await client.answer()
      #expect(
        answer?["error"]?["message"] == "a line may hold 67108864 bytes; the rest is ignored")
      #expect(answer?["error"]?["data"]?["kind"] == "limit.exceeded")
      #expect(answer?["id"] == .null)
      try await sent
      try await client.send("still the same line\nping\n")
      #expect(try await client.answer()?["result"] == "pong")
      #expect(try await test.unansweredBytes() == 0)
    }
  }

  @Test func takesLinesFarLongerThanAChunk() async throws {
    try await TestServer.run { test, _ in
      let client = try test.connect()
      let text = String(repeating: "x", count: 3 << 20)
      async let sent: Void = client.command("echo \(text)", id: 1)
      #expect(try await client.answer()?["result"]?.string == text)
      try await sent
      async let alsoSent: Void = client.send("echo \(text)\nping\n")
      #expect(try await client.answer()?["result"]?.string == text)
      #expect(try await client.answer()?["result"] == "pong")
      try await alsoSent
      #expect(try await test.unansweredBytes() == 0)
    }
  }

  @Test func answersNoNotification() async throws {
    try await TestServer.run { test, stage in
      let client = try test.connect()
      try await client.post("ping", id: nil)
      try await client.post("nothing.like.it", id: nil)
      try await client.send(#"{"jsonrpc":"2.0","method":"command","params":[1]}"# + "\n")
      try await client.command("echo x", id: nil)
      try await client.command("wait note", id: nil)
      await stage.saw(.started("note"))
      stage.open("note")
      #expect(try await client.request("ping", id: 5)?["id"] == 5)
      client.finishSending()
      #expect(try await client.rest() == [])
    }
  }

  @Test func saysWhatItIs() async throws {
    try await TestServer.run { test, _ in
      let client = try test.connect()
      let result = try await client.request("daemon.info")?["result"]
      #expect(result?["version"]?.string == DaemonFacts.version)
      #expect(result?["pid"]?.integer == Int64(getpid()))
      #expect(result?["socket"]?.string == test.path)
      #expect(result?["connections"] == 1)
      #expect(result?["protocol"]?["client"] == [1])
      #expect(result?["limits"]?["lineBytes"] == 67_108_864)
      #expect(try #require(result?["uptimeSeconds"]?.number) >= 0)
      #expect(try #require(result?["sandbox"]?.string).contains("not against malice"))
    }
  }
}

extension TestServer {
  func unansweredBytes() async throws -> Int64? {
    let client = try connect()
    // The asking line itself is counted while it is answered.
    let line = #"{"jsonrpc":"2.0","id":1,"method":"daemon.info"}"#
    try await client.send(line + "\n")
    let bytes = try await client.answer()?["result"]?["unansweredBytes"]?.integer
    return bytes.map { $0 - Int64(line.utf8.count + 64) }
  }
}
