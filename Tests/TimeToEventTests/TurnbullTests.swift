import ReferenceTesting
import Testing

@testable import TimeToEvent

struct TurnbullTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let lower: [Double]
    let upper: [Double?]
    let logLikelihood: Double
    let times, survival: [Double]

    var testDescription: String { "\(lower.count) subjects" }
  }

  static let table = Result { try ReferenceTable<Row>.load("turnbull", in: .module) }

  @Test("agrees with self-consistency run to the end", arguments: try table.get().rows)
  func agrees(row: Row) throws {
    let estimate = try TurnbullEstimate(IntervalTimes(lower: row.lower, upper: row.upper))
    #expect((estimate.logLikelihood - row.logLikelihood).magnitude < 1e-8)
    #expect(estimate.gap < 1e-8)
    // Self-consistency alone is slow where a chance fades: the reference is good to this much.
    for (time, survival) in zip(row.times, row.survival) {
      #expect((estimate.survival(at: time).upper - survival).magnitude < 1e-5, "\(time)")
    }
  }

  @Test("of exact and censored times it is Kaplan and Meier's", arguments: ["gehan", "aml", "few"])
  func exactTimes(name: String) throws {
    let sample = try ReferenceSample.named(name).eventTimes()
    let curve = KaplanMeier(sample)
    let estimate = try TurnbullEstimate(
      IntervalTimes(
        lower: sample.times, upper: zip(sample.times, sample.occurred).map { $1 ? $0 : nil }))
    for time in curve.times {
      let limits = estimate.survival(at: time)
      #expect((limits.upper - curve.point(at: time).survival).magnitude < 1e-9, "\(time)")
    }
  }

  @Test("between scans survival is only bounded, and the median is an interval")
  func bounds() throws {
    let estimate = try TurnbullEstimate(
      IntervalTimes(lower: [0, 0, 8, 8], upper: [8, 8, 16, nil]))
    #expect((estimate.survival(at: 4).lower - 0.5).magnitude < 1e-9)
    #expect(estimate.survival(at: 4).upper == 1)
    #expect((estimate.survival(at: 8).upper - 0.5).magnitude < 1e-9)
    let median = try #require(estimate.medianInterval)
    #expect(median.lower == 0 && median.upper == 8)
  }

  @Test("refuses intervals that cannot be")
  func refusals() {
    #expect(throws: TimeToEventError.unusableInterval(5, 4, index: 0)) {
      try IntervalTimes(lower: [5], upper: [4])
    }
    #expect(throws: TimeToEventError.noSubjects) { try IntervalTimes(lower: [], upper: []) }
  }
}
