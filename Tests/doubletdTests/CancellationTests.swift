import ClientProtocol
import Foundation
import JSON
import Testing

@testable import doubletd

@Suite(.timeLimit(.minutes(2)))
struct CancellationTests {
  @Test func aHalfClosedClientGetsItsAnswersThenTheClose() async throws {
    try await TestServer.run { test, stage in
      let client = try test.connect()
      try await client.command("wait late", id: 1)
      try await client.send("echo unfinished")
      client.finishSending()
      await stage.saw(.started("late"))
      #expect(try await client.answer()?["result"] == "unfinished")
      stage.open("late")
      #expect(try await client.answer()?["result"] == "late")
      #expect(try await client.line() == nil)
      await stage.saw(.closed)
      #expect(!stage.events.contains(.cancelled("late")))
    }
  }

  @Test(arguments: [false, true])
  func aClientThatIsGoneHasItsRequestsCancelled(afterHalfClose: Bool) async throws {
    try await TestServer.run { test, stage in
      let client = try test.connect()
      for name in ["a", "b"] { try await client.command("wait \(name)", id: .string(name)) }
      await stage.saw(.started("a"))
      await stage.saw(.started("b"))
      if afterHalfClose {
        client.finishSending()
        // Proof that the server has seen the half-close and gone on: it serves another.
        #expect(try await test.connect().request("ping")?["result"] == "pong")
        #expect(!stage.events.contains(.cancelled("a")))
      }
      client.leave()
      await stage.saw(.cancelled("a"))
      await stage.saw(.cancelled("b"))
      await stage.saw(.closed)
      #expect(try await test.unansweredBytes() == 0)
    }
  }

  @Test func aRequestSentJustBeforeTheClientLeftIsStillBegun() async throws {
    try await TestServer.run { test, stage in
      let client = try test.connect()
      try await client.command("wait submitted", id: 1)
      client.leave()
      await stage.saw(.cancelled("submitted"))
    }
  }

  @Test func cancelsARequestByItsIdAndAnswersBoth() async throws {
    try await TestServer.run { test, stage in
      let client = try test.connect()
      try await client.command("wait long", id: "r1")
      await stage.saw(.started("long"))
      let other = try test.connect()
      let stranger = try await other.request("run.cancel", id: 1, ["request": "r1"])
      #expect(stranger?["result"] == ["cancelled": false])
      try await client.post("run.cancel", id: 2, ["request": "r1"])
      var answers: [JSONValue: JSONValue] = [:]
      for _ in 0..<2 {
        let answer = try #require(try await client.answer())
        answers[try #require(answer["id"])] = answer
      }
      #expect(answers[2]?["result"] == ["cancelled": true])
      #expect(answers["r1"]?["error"]?["code"] == -32800)
      #expect(answers["r1"]?["error"]?["data"]?["kind"] == "run.cancelled")
      let late = try await client.request("run.cancel", id: 3, ["request": "r1"])
      #expect(late?["result"] == ["cancelled": false])
    }
  }

  @Test func stopAnswersWhatIsUnderWayAndRefusesWhatComesAfter() async throws {
    try await TestServer.run { test, stage in
      let client = try test.connect()
      let idle = try test.connect()
      #expect(try await idle.request("ping")?["result"] == "pong")
      try await client.send("wait line\n")
      try await client.send("echo waits behind it\n")
      try await client.command("wait last", id: 1)
      await stage.saw(.started("line"))
      await stage.saw(.started("last"))
      async let stopped: Void = test.stop(grace: .seconds(60), tail: .seconds(60))
      #expect(try await idle.line() == nil)
      #expect(
        try await client.request("catalog", id: 2)?["error"]?["data"]?["kind"]
          == "daemon.stopping")
      #expect(try await client.request("ping", id: 3)?["result"] == "pong")
      #expect(throws: SocketClient.Failure.self) { try test.connect() }
      stage.open("last")
      #expect(try await client.answer()?["result"] == "last")
      stage.open("line")
      #expect(try await client.answer()?["result"] == "line")
      #expect(try await client.answer()?["error"]?["data"]?["kind"] == "daemon.stopping")
      #expect(try await client.line() == nil)
      await stopped
    }
  }

  @Test func stopCancelsWhatTakesTooLongAndClosesOnWhoDoesNotRead() async throws {
    try await TestServer.run { test, stage in
      let client = try test.connect()
      try await client.command("wait forever", id: 1)
      await stage.saw(.started("forever"))
      let deaf = try test.connect()
      try await deaf.command("huge 20000000", id: 1)
      try await deaf.command("wait beside it", id: 2)
      await stage.saw(.started("beside"))
      await test.stop(grace: .milliseconds(50), tail: .seconds(3))
      #expect(try await client.answer()?["error"]?["data"]?["kind"] == "run.cancelled")
      #expect(try await client.line() == nil)
      await stage.saw(.closed, times: 2)
    }
  }
}
