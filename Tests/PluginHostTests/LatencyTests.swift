import PluginHost
import PluginProtocol
import Testing

/// A warm run costs little: it is a part of a budget of 1.5 ms.
@Suite(.serialized) struct LatencyTests {
  @Test("A warm round trip is a matter of microseconds")
  func warmRun() async throws {
    let test = try await TestHost.with("behaves")
    var times: [Duration] = []
    for _ in 0..<2000 {
      let start = ContinuousClock.now
      _ = try await test.run("behaves")
      times.append(ContinuousClock.now - start)
    }
    let median = times.sorted()[times.count / 2]
    print("warm run: median \(median), 99 % \(times.sorted()[times.count * 99 / 100])")
    // Generous, for a debug build beside other work; a release build takes a tenth.
    #expect(median < .milliseconds(5))
    #expect(test.status("behaves")?.restarts == 0)
    await test.host.shutdown()
  }
}
