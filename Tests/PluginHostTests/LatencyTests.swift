import JSON
import PluginHost
import PluginProtocol
import Testing

/// A warm run costs little: it is a part of a budget of 1.5 ms.
@Suite(.serialized) struct LatencyTests {
  private func median(
    _ test: TestHost, _ plugin: String, _ request: RunRequest
  ) async throws -> Duration {
    var times: [Duration] = []
    for _ in 0..<1000 {
      let start = ContinuousClock.now
      _ = try await test.host.run(request, plugin: plugin)
      times.append(ContinuousClock.now - start)
    }
    times.sort()
    print("warm run of \(plugin): median \(times[500]), 99 % \(times[990])")
    return times[500]
  }

  // The limits are generous, for a debug build beside other work; the figures are printed.

  @Test("a warm round trip is a matter of microseconds")
  func warmRun() async throws {
    let bare = try await TestHost.with("behaves")
    #expect(try await median(bare, "behaves", RunRequest(analysis: "any")) < .milliseconds(50))
    await bare.host.shutdown()
    let kit = try await TestHost.wellBehaved()
    let request = RunRequest(analysis: "sum")
    #expect(try await median(kit, "well-behaved", request) < .milliseconds(50))
    #expect(kit.status("well-behaved")?.restarts == 0)
    await kit.host.shutdown()
  }

  @Test("twenty kilobytes cost little more")
  func largeAnswer() async throws {
    let test = try await TestHost.with("behaves")
    let rows = JSONValue.array((0..<2000).map { [.integer($0), .number(0.1 + Double($0))] })
    let request = RunRequest(analysis: "any", parameters: ["rows": rows])
    #expect(request.json.bytes.count > 15_000)
    let line = Array("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":".utf8) + request.json.bytes + [0x7D]
    let start = ContinuousClock.now
    for _ in 0..<100 { _ = try PluginMessage(parsing: line) }
    let parse = (ContinuousClock.now - start) / 100
    print("an answer of \(line.count) bytes is checked in \(parse)")
    #expect(parse < .milliseconds(500))
    #expect(try await test.host.run(request, plugin: "behaves").result == request.json.bytes)
    await test.host.shutdown()
  }
}
