import PluginKit
import PluginProtocol
import Testing

@testable import @TYPE@

struct @TYPE@Tests {
  @Test("agrees with R")
  func interval() {
    // R 4.2.2: binom.test(15, 30)$conf.int
    let interval = BinomialTails(events: 15, total: 30).interval(level: 0.95)
    #expect(abs(interval.lower / 0.3129702858680275 - 1) < 1e-10)
    #expect(abs(interval.upper / 0.68702971413197256 - 1) < 1e-10)
  }

  @Test("no responders and only responders reach the ends")
  func ends() {
    #expect(BinomialTails(events: 0, total: 10).interval(level: 0.95).lower == 0)
    #expect(BinomialTails(events: 10, total: 10).interval(level: 0.95).upper == 1)
  }

  @Test("a run answers with the rate")
  func run() async throws {
    let request = RunRequest(
      analysis: "@NAME@",
      parameters: ["responders": ["events": 15, "total": 30], "target": 0.25, "level": 0.95])
    let document = try await @TYPE@().run(request, context: .detached)
    #expect(document.estimates.first?.value == 0.5)
  }
}
