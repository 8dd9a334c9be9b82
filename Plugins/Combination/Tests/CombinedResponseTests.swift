import Foundation
import JSON
import PluginKit
import PluginProtocol
import PluginTesting
import Testing

@testable import Combination

/// The plugin's own folder, with its manifest.
let plugin = PluginFolder(
  URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path)

struct CombinedResponseTests {
  private func run(_ given: [String: String]) async throws -> ResultDocument {
    let request = try plugin.request("combined-response", given)
    return try await Combination().run(request, context: RunContext.detached)
  }

  @Test func `the published trial stands above Bliss, and how far depends on the control`()
    async throws
  {
    let document = try await run([
      "combination": "15/30", "first": "54/243, 82/211", "second": "0/22",
    ])
    #expect(
      document.primary?.text
        == "15/30 responded (50.0 %); parts that act independently would give 22.2 %: +27.8 points,"
        + " above response-level Bliss; one-sided bootstrap p = 0.0011.")
    #expect(document.tables.map(\.name) == ["bliss-by-first", "nulls-54-243", "nulls-82-211"])
    #expect(
      document.tables[1].rows.map { $0[0] } == [
        "better part alone (HSA)", "correlated 0.6", "correlated 0.3", "independent (Bliss)",
        "rates add up",
      ])
    #expect(
      document.notes.map(\.text) == [
        "The first part's rate decides: p runs from 0.0011 to 0.13 over its 2 counts.",
        "A response is a threshold: parts whose cell kill merely adds up exceed response-level Bliss"
          + " by 6 to 10 points in simulations with 25 to 39 % for the chemotherapy and 5 to 20 % for the"
          + " agent. An excess of that size is no sign of synergy; only an excess over a"
          + " model of additive kill is.",
        "The counts are of different patients. No p-value here shows that the combination caused the"
          + " difference.",
        "Nobody responded to the second part alone: every null then rests on the first part's rate,"
          + " so that any gain looks like interaction.",
      ])
  }

  @Test func `the second part's implied rate is the textbook's`() async throws {
    let document = try await run([
      "combination": "50/100", "first": "25/100", "second": "20/100",
    ])
    let bliss = try #require(document.tables.first?.rows.first)
    #expect(bliss[2] == JSONValue(0.4))
    #expect(try #require(bliss.last?.number).rounded(toPlaces: 3) == 0.333)
  }

  @Test(
    "what cannot be is refused",
    arguments: [
      (["combination": "15/30", "first": "54", "second": "0/22"], "first=54 is no count"),
      (["combination": "15/30", "first": "54/243,", "second": "0/22"], "first= is no count"),
      (["combination": "15/30", "first": "9/8", "second": "0/22"], "first=9/8 is no count"),
      (
        ["combination": "15/30", "first": "5/100000", "second": "5/100000"],
        "first= and second= have too many patients for a bootstrap over all of their counts"
      ),
    ])
  func refusals(given: [String: String], message: String) async throws {
    let refusal = await #expect(throws: Refusal.self) { try await run(given) }
    #expect(refusal?.message == message)
  }
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
    return (self * scale).rounded() / scale
  }
}
