import ClientProtocol
import Foundation
import JSON
import Testing

@testable import doubletd

@Suite(.timeLimit(.minutes(2)))
struct ServerLimitsTests {
  @Test func answersRequestsPastTheLimitRatherThanNotReadingThem() async throws {
    let limits = ServerLimits(requestsPerConnection: 64)
    try await TestServer.run(limits: limits) { test, stage in
      let client = try test.connect()
      for id in 0..<1064 { try await client.command("wait all", id: .integer(Int64(id))) }
      for id in 64..<1064 {
        let answer = try await client.answer()
        #expect(answer?["id"]?.integer == Int64(id))
        #expect(answer?["error"]?["data"]?["kind"] == "limit.exceeded")
        #expect(
          answer?["error"]?["message"] == "64 requests of this connection are under way already")
      }
      #expect(try await client.request("ping")?["result"] == "pong")
      let cancelled = try await client.request("run.cancel", id: "c", ["request": "nobody"])
      #expect(cancelled?["result"] == ["cancelled": false])
      stage.open("all")
      var ids: Set<Int64> = []
      for _ in 0..<64 {
        let answer = try await client.answer()
        #expect(answer?["result"] == "all")
        ids.insert(try #require(answer?["id"]?.integer))
      }
      #expect(ids == Set(0..<64))
      try await client.command("echo again", id: 1)
      #expect(try await client.answer()?["result"] == "again")
    }
  }

  @Test func tellsTheConnectionPastTheLimitWhyAndCloses() async throws {
    try await TestServer.run(limits: ServerLimits(connections: 2)) { test, _ in
      let first = try test.connect()
      let second = try test.connect()
      #expect(try await first.request("ping")?["result"] == "pong")
      #expect(try await second.request("ping")?["result"] == "pong")
      let third = try test.connect()
      try await third.send("ping\n")
      let refusal =
        #"{"jsonrpc":"2.0","id":null,"error":{"code":-32005,"message":"2 connections are open already","data":{"kind":"limit.exceeded"}}}"#
      #expect(try await third.rest() == [refusal])
      second.leave()
      // The place is free once the server has seen the second go.
      var answer: JSONValue?
      repeat {
        answer = try await test.connect().request("ping")
      } while answer?["error"] != nil
      #expect(answer?["result"] == "pong")
    }
  }

  @Test func letsOnlyListedUsersIn() async throws {
    let other = getuid() + 1
    try await TestServer.run(allowedUIDs: [other]) { test, _ in
      let client = try test.connect()
      try await client.send("ping\n")
      let refusal =
        #"{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"user \#(getuid()) may not use this daemon","data":{"kind":"plugin.refused"}}}"#
      #expect(try await client.rest() == [refusal])
      try await test.server.apply(limits: ServerLimits(), allowedUIDs: [other, getuid()])
      #expect(try await test.connect().request("ping")?["result"] == "pong")
    }
  }

  @Test func boundsUnansweredInputOverAllConnections() async throws {
    let limits = ServerLimits(lineBytes: 1 << 20, unansweredBytes: 2 << 20)
    try await TestServer.run(limits: limits) { test, stage in
      let text = String(repeating: "x", count: 900_000)
      let first = try test.connect()
      for id in 0..<2 {
        try await first.post(
          "command", id: .integer(Int64(id)), ["line": "wait held", "more": .string(text)])
      }
      await stage.saw(.started("held"), times: 2)
      // An unfinished line counts as well, and is let go as soon as there is no room for it.
      let second = try test.connect()
      try await second.send("{\"more\":\"" + text)
      let answer = try await second.answer()
      #expect(answer?["id"] == .null)
      #expect(answer?["error"]?["data"]?["kind"] == "limit.exceeded")
      #expect(
        try #require(answer?["error"]?["message"]?.string).hasSuffix(
          "bytes of unanswered requests, of at most 2097152; send this one again later"))
      try await second.send("\"}\nping\n")
      #expect(try await second.answer()?["result"] == "pong")
      stage.open("held")
      #expect(try await first.answer()?["result"] == "held")
      #expect(try await first.answer()?["result"] == "held")
      #expect(try await test.unansweredBytes() == 0)
      try await second.post("command", id: 3, ["line": "echo room", "more": .string(text)])
      #expect(try await second.answer()?["result"] == "room")
    }
  }

  @Test func aClientThatOnlyWritesIsServedOrDroppedNeverWaitedFor() async throws {
    let log = RecordedLog()
    let limits = ServerLimits(unreadHardBytes: 1 << 20, unreadSoftBytes: 1 << 19)
    try await TestServer.run(limits: limits, log: log.logger) { test, _ in
      let greedy = try test.connect()
      let pings = String(
        repeating: "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n", count: 2000)
      await #expect(throws: SocketClient.Failure.self) {
        while true { try await greedy.send(pings) }
      }
      #expect(try await test.connect().request("ping")?["result"] == "pong")
      #expect(log.lines.contains { $0.contains("dropped a client") && $0.contains("bytes unread") })
    }
  }

  @Test func dropsAReaderThatLeavesMuchUnreadForLong() async throws {
    let log = RecordedLog()
    let limits = ServerLimits(
      unreadHardBytes: 64 << 20, unreadSoftBytes: 1 << 20, unreadSoftSeconds: 0.05)
    try await TestServer.run(limits: limits, log: log.logger) { test, stage in
      let slow = try test.connect()
      try await slow.command("huge 8000000", id: 1)
      await stage.saw(.closed)
      #expect(log.lines.contains { $0.contains("dropped a client") && $0.contains("for 0.05 s") })
      #expect(try await slow.rest().isEmpty, "a whole answer came through after the drop")
    }
  }

  @Test func aSlowReaderDelaysNobodyAndGetsAllInTheEnd() async throws {
    try await TestServer.run { test, _ in
      let slow = try test.connect()
      try await slow.command("huge 30000000", id: 1)
      let other = try test.connect()
      for id in 0..<200 {
        #expect(try await other.request("ping", id: .integer(Int64(id)))?["result"] == "pong")
      }
      slow.finishSending()
      let lines = try await slow.rest()
      #expect(lines.map(\.utf8.count) == [30_000_000 + 36])
    }
  }
}
