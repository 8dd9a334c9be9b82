import ClientProtocol
import Foundation
import JSON
import NIOCore
import PluginProtocol
import Synchronization
import Testing

@testable import doubletd

@Suite(.timeLimit(.minutes(2)))
struct ProgressTests {
  @Test func comesOnlyWhenAskedForAndNeverAfterTheAnswer() async throws {
    try await TestServer.run { test, stage in
      let client = try test.connect()
      try await client.command("progress unasked 1000", id: 1)
      try await client.post(
        "command", id: "p", ["line": "progress asked 20000", "progress": true])
      await stage.saw(.started("unasked"))
      await stage.saw(.started("asked"))
      let first = try #require(try await client.answer())
      #expect(first["method"] == "progress")
      #expect(first["id"] == nil)
      #expect(first["params"]?["id"] == "p")
      #expect(first["params"]?["run"] == "17")
      #expect(try #require(first["params"]?["message"]?.string).hasPrefix("step "))
      let fraction = try #require(first["params"]?["fraction"]?.number)
      #expect((0...0.2).contains(fraction))
      #expect(try #require(first["params"]?["secondsLeft"]?.number) >= 0)
      stage.open("unasked")
      stage.open("asked")
      client.finishSending()
      let rest = try await client.rest().map { try JSONValue(parsing: $0) }
      #expect(rest.compactMap { $0["id"] }.count == 2)
      // Coalesced: twenty thousand reports within a moment are a handful of lines.
      #expect(rest.count < 20)
      let answered = try #require(rest.firstIndex { $0["id"] == "p" })
      #expect(!rest[answered...].contains { $0["method"] == "progress" })
      let fractions = rest.compactMap { $0["params"]?["fraction"]?.number }
      #expect(fractions == fractions.sorted())
    }
  }

  @Test func keepsOnlyTheLatestReportUntilItIsTaken() {
    let announced = Mutex(0)
    let gate = ProgressGate { announced.withLock { $0 += 1 } }
    for step in 1...5 { gate.report(RunProgress(fraction: Double(step) / 10), run: "1") }
    #expect(announced.withLock { $0 } == 1)
    #expect(gate.take()?.progress.fraction == 0.5)
    #expect(gate.take() == nil)
    gate.report(RunProgress(fraction: 0.6), run: "1")
    #expect(announced.withLock { $0 } == 2)
  }

  @Test func reckonsTheTimeLeftFromTheTimeSpent() {
    #expect(ProgressGate.secondsLeft(fraction: 0.25, elapsed: .seconds(10)) == 30)
    #expect(ProgressGate.secondsLeft(fraction: 1, elapsed: .seconds(10)) == 0)
    #expect(ProgressGate.secondsLeft(fraction: 0, elapsed: .seconds(10)) == nil)
    #expect(ProgressGate.secondsLeft(fraction: .nan, elapsed: .seconds(10)) == nil)
  }
}
