import ReferenceTesting
import Testing

@testable import TimeToEvent

struct EstimatedActionTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let patients, events: [Int]
    let correlation, error: Double

    var testDescription: String { "\(events) of \(patients) at \(correlation)" }

    /// So many events at time 1, and the rest at time 3.
    func curve(_ part: Int) throws -> KaplanMeier {
      let times = (0..<patients[part]).map { $0 < events[part] ? 1.0 : 3 }
      return KaplanMeier(
        try EventTimes(times: times, occurred: times.map { _ in true }))
    }
  }

  static let reference = Result { try ReferenceTable<Row>.load("action-errors", in: .module) }

  @Test("standard errors are those of numerical derivatives", arguments: try reference.get().rows)
  func errors(row: Row) throws {
    let action = try EstimatedAction(
      row.curve(0), row.curve(1), correlation: row.correlation)
    let tolerance = try Self.reference.get().relativeTolerance
    let found = action.standardError(at: 2)
    #expect(found.agrees(with: row.error, within: tolerance), "\(found), not \(row.error)")
    #expect(action.standardError(at: 0.5) == 0, "nothing happened yet")
    #expect(action.standardError(at: 3) == 0, "nobody is left")
  }

  @Test(
    "beside a part that does nothing, the median has the other part's limits",
    arguments: ["gehan", "aml", "lung", "veteran", "ovarian"], SurvivalLimits.Scale.allCases)
  func inactive(name: String, scale: SurvivalLimits.Scale) throws {
    let curve = KaplanMeier(try ReferenceSample.named(name).eventTimes())
    let nothing = KaplanMeier(try EventTimes(times: [0, 0], occurred: [true, true]))
    let action = try EstimatedAction(curve, nothing, correlation: 0.3)
    let (found, expected) = (
      try action.median(scale: scale), try curve.median(scale: scale)
    )
    for (ours, theirs) in [
      (found.time, expected.time), (found.lower, expected.lower), (found.upper, expected.upper),
    ] {
      #expect(ours == theirs)
    }
  }

  @Test("limits hold the median, and are wider of fewer patients")
  func width() throws {
    func median(_ repeats: Int) throws -> SurvivalQuantile {
      let samples = try (0..<2).map { part in
        let times = (1...20).flatMap { time in
          Array(repeating: Double(time * (part + 2)), count: repeats)
        }
        return KaplanMeier(try EventTimes(times: times, occurred: times.map { _ in true }))
      }
      return try EstimatedAction(samples[0], samples[1], correlation: 0.3).median()
    }
    let (few, many) = (try median(2), try median(20))
    #expect(few.time == many.time)
    for found in [few, many] {
      #expect(try #require(found.lower) <= (try #require(found.time)))
      #expect(try #require(found.upper) >= (try #require(found.time)))
    }
    #expect(try #require(few.upper) > (try #require(many.upper)))
    #expect(try #require(few.lower) < (try #require(many.lower)))
  }
}
