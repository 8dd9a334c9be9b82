import ReferenceTesting
import Testing

@testable import TimeToEvent

struct QuantileTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let sample: String
    let by, value: String?
    let scale: SurvivalLimits.Scale
    let level: Double
    let probabilities: [Double]
    let quantile, lower, upper: [Double?]
    /// The median and its limits as R's `summary` shows them.
    let summary: [Double?]

    var testDescription: String { "\(sample) \(by ?? "") \(value ?? "") \(scale) \(level)" }

    func curve() throws -> KaplanMeier {
      KaplanMeier(try ReferenceSample.named(sample).eventTimes(where: by, is: value))
    }
  }

  static let table = Result { try ReferenceTable<Row>.load("quantiles", in: .module) }

  @Test("quantiles and their limits agree with R's quantile", arguments: try table.get().rows)
  func agreesWithQuantile(row: Row) throws {
    let tolerance = try Self.table.get().relativeTolerance
    let curve = try row.curve()
    for (index, probability) in row.probabilities.enumerated() {
      let found = try curve.quantile(probability, scale: row.scale, level: row.level)
      #expect(agree(found.time, row.quantile[index], tolerance), "\(probability)")
      #expect(agree(found.lower, row.lower[index], tolerance), "\(probability)")
      #expect(agree(found.upper, row.upper[index], tolerance), "\(probability)")
    }
  }

  @Test("medians agree with R's summary", arguments: try table.get().rows)
  func agreesWithSummary(row: Row) throws {
    let tolerance = try Self.table.get().relativeTolerance
    let found = try row.curve().median(scale: row.scale, level: row.level, rule: .rSummary)
    #expect(agree(found.time, row.summary[0], tolerance))
    #expect(agree(found.lower, row.summary[1], tolerance))
    #expect(agree(found.upper, row.summary[2], tolerance))
  }

  @Test("a curve level at one half to the end has three medians, one a program")
  func programsDisagree() throws {
    let curve = KaplanMeier(try ReferenceSample.named("ten").eventTimes())
    // CAMIS, R and SAS on the same ten subjects: 102.5 and none.
    let byR = try curve.quantile(0.5, conventions: .r)
    #expect([byR.time, byR.lower, byR.upper] == [102.5, 77, nil])
    let bySAS = try curve.quantile(0.5, conventions: .sas)
    #expect([bySAS.time, bySAS.lower, bySAS.upper] == [nil, 54, nil])
    let byTern = try curve.quantile(0.5, conventions: .tern)
    #expect([byTern.time, byTern.lower, byTern.upper] == [87, 77, nil])
  }

  @Test("where the curve falls on, all rules take the middle of the level run")
  func levelRun() throws {
    let curve = KaplanMeier(
      try EventTimes(times: [1, 2, 3, 4], occurred: [true, true, true, true]))
    for rule in SurvivalQuantile.Rule.allCases {
      #expect(try curve.median(rule: rule).time == 2.5)
    }
  }

  @Test("a probability or level outside 0 to 1 is refused")
  func refusals() throws {
    let curve = KaplanMeier(try EventTimes(times: [1], occurred: [true]))
    for value in [0, 1, -0.5, Double.nan] {
      #expect(throws: TimeToEventError.self) { try curve.quantile(value) }
      #expect(throws: TimeToEventError.self) { try curve.median(level: value) }
      #expect(throws: TimeToEventError.self) { try curve.point(at: 1).limits(.log, level: value) }
    }
  }
}
