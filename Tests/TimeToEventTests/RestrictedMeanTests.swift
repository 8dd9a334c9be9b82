import ReferenceTesting
import Statistics
import Testing

@testable import TimeToEvent

struct RestrictedMeanTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let sample: String
    let by, value: String?
    let horizon, mean, standardError: Double

    var testDescription: String { "\(sample) \(by ?? "") \(value ?? "") to \(horizon)" }
  }

  static let table = Result { try ReferenceTable<Row>.load("restricted-means", in: .module) }

  @Test("agrees with R", arguments: try table.get().rows)
  func agreesWithR(row: Row) throws {
    let tolerance = try Self.table.get().relativeTolerance
    let curve = try KaplanMeier(
      ReferenceSample.named(row.sample).eventTimes(where: row.by, is: row.value))
    let found = try curve.restrictedMean(to: row.horizon)
    #expect(found.mean.agrees(with: row.mean, within: tolerance))
    #expect(found.standardError.agrees(with: row.standardError, within: tolerance))
  }

  @Test("without censoring it is the mean of times cut at the horizon")
  func meanOfCutTimes() throws {
    let times = [2.0, 4, 4, 7, 11, 0]
    let curve = KaplanMeier(try EventTimes(times: times, occurred: times.map { _ in true }))
    for horizon in [0.5, 1, 2, 4, 5, 7, 11, 20] {
      let expected = times.map { min($0, horizon) }.reduce(0, +) / 6
      #expect(try curve.restrictedMean(to: horizon).mean.agrees(with: expected, within: 1e-14))
    }
  }

  @Test("refuses a horizon nobody was followed to")
  func beyondFollowUp() throws {
    let curve = KaplanMeier(try EventTimes(times: [3, 5], occurred: [true, false]))
    #expect(throws: TimeToEventError.horizonBeyondFollowUp(6, last: 5)) {
      try curve.restrictedMean(to: 6)
    }
    #expect(throws: TimeToEventError.unusableHorizon(0)) { try curve.restrictedMean(to: 0) }
    #expect(
      "\(TimeToEventError.horizonBeyondFollowUp(6, last: 5))"
        == "a mean up to 6.0 cannot be estimated: the last subject was followed to 5.0")
  }

  @Test("a contrast is the difference and ratio of two means")
  func contrast() throws {
    let sample = try ReferenceSample.named("lung")
    let men = KaplanMeier(try sample.eventTimes(where: "sex", is: "1"))
    let women = KaplanMeier(try sample.eventTimes(where: "sex", is: "2"))
    let contrast = try RestrictedMeanContrast(treated: women, control: men, horizon: 365)
    #expect(
      contrast.difference.agrees(
        with: try women.restrictedMean(to: 365).mean - men.restrictedMean(to: 365).mean,
        within: 1e-13))
    let limits = try contrast.differenceLimits()
    #expect(limits.lower < contrast.difference && contrast.difference < limits.upper)
    let p = try #require(contrast.pValue())
    #expect(try #require(contrast.pValue(.greater)).agrees(with: p / 2, within: 1e-13))
    #expect(try (contrast.ratioLimits().lower > 1) == (p < 0.05))
  }
}
