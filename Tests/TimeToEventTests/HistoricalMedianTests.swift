import ReferenceTesting
import Statistics
import Testing

@testable import TimeToEvent

struct HistoricalMedianTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let sample: String
    let median, expected, logRank, wu, poisson, exponential: Double

    var testDescription: String { "\(sample) against \(median)" }
  }

  static let table = Result { try ReferenceTable<Row>.load("historical-medians", in: .module) }

  @Test("agrees with R", arguments: try table.get().rows)
  func agreesWithR(row: Row) throws {
    let tolerance = try Self.table.get().relativeTolerance
    let test = try HistoricalMedianTest(
      ReferenceSample.named(row.sample).eventTimes(), median: row.median)
    #expect(test.expected.agrees(with: row.expected, within: tolerance))
    for (method, p) in [
      (HistoricalMedianTest.Method.oneSampleLogRank, row.logRank), (.wu, row.wu),
      (.exactPoisson, row.poisson), (.exponential, row.exponential),
    ] {
      #expect(test.pValue(method).agrees(with: p, within: tolerance), "\(method)")
    }
  }

  @Test("at the likeliest median as many events are expected as were observed")
  func atLikeliestMedian() throws {
    let sample = try ReferenceSample.named("gehan").eventTimes()
    let first = try HistoricalMedianTest(sample, median: 1)
    let test = try HistoricalMedianTest(sample, median: first.exponentialMedian)
    #expect(test.expected.agrees(with: 30, within: 1e-13))
    #expect(test.pValue(.oneSampleLogRank) > 0.999)
  }

  @Test("without events the exact test still answers, and without follow-up none does")
  func noEvents() throws {
    let test = try HistoricalMedianTest(
      EventTimes(times: [5, 5], occurred: [false, false]), median: 5)
    #expect(test.exponentialMedian == .infinity)
    // Neither of two had the event by the median: one chance in four.
    #expect(test.pValue(.exactPoisson, .greater).agrees(with: 0.25, within: 1e-14))
    #expect(throws: TimeToEventError.noFollowUp) {
      try HistoricalMedianTest(EventTimes(times: [0], occurred: [true]), median: 5)
    }
    #expect(throws: TimeToEventError.unusableMedian(0)) {
      try HistoricalMedianTest(EventTimes(times: [1], occurred: [true]), median: 0)
    }
  }
}
