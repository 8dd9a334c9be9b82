import ReferenceTesting
import Statistics
import Testing

@testable import TimeToEvent

struct LogRankTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let sample, by: String
    let strata: String?
    let weight: String
    let rho, gamma, chisq: Double
    let df: Int
    let p: Double
    let observed, expected: [Double]?
    let covariance: [[Double]]?

    var testDescription: String { "\(sample) by \(by) \(strata ?? "") \(weight) \(rho) \(gamma)" }

    func logRankWeight() throws -> LogRankWeight {
      switch weight {
      case "log-rank": .logRank
      case "gehan-wilcoxon": .gehan
      case "tarone-ware": .taroneWare
      case "peto-peto": .petoPeto
      case "modified-peto-peto": .modifiedPetoPeto
      case "fh": .flemingHarrington(rho: rho, gamma: gamma)
      default: try #require(nil, "no weight is called \(weight)")
      }
    }

    func test() throws -> LogRankTest {
      let data = try ReferenceSample.named(sample).complete([by] + (strata.map { [$0] } ?? []))
      return try LogRankTest(
        data.eventTimes(), groups: data.grouping(by), strata: strata.map(data.grouping),
        weight: logRankWeight())
    }
  }

  static let table = Result { try ReferenceTable<Row>.load("log-rank", in: .module) }

  @Test("agrees with R and with the definition", arguments: try table.get().rows)
  func agrees(row: Row) throws {
    let tolerance = try Self.table.get().relativeTolerance
    let test = try row.test()
    #expect(test.statistic.agrees(with: row.chisq, within: tolerance))
    #expect(test.degreesOfFreedom == row.df)
    #expect(test.pValue.agrees(with: row.p, within: 10 * tolerance))
    for (ours, theirs) in zip(test.observed, row.observed ?? []) {
      #expect(ours.agrees(with: theirs, within: tolerance))
    }
    for (ours, theirs) in zip(test.expected, row.expected ?? []) {
      #expect(ours.agrees(with: theirs, within: tolerance))
    }
    for (ours, theirs) in zip(test.covariance.joined(), row.covariance?.joined() ?? [].joined()) {
      #expect(ours.agrees(with: theirs, within: tolerance))
    }
  }

  @Test("of two groups the deviate is the signed root of the statistic, and its tails halve p")
  func twoGroups() throws {
    let sample = try ReferenceSample.named("gehan")
    let test = try LogRankTest(sample.eventTimes(), groups: sample.grouping("arm"))
    let deviate = try #require(test.deviate)
    #expect(deviate > 0)
    #expect((deviate * deviate).agrees(with: test.statistic, within: 1e-14))
    #expect(try (2 * test.pValue(.greater)).agrees(with: test.pValue, within: 1e-12))
    #expect(try (test.pValue(.greater) + test.pValue(.less)).agrees(with: 1, within: 1e-15))
  }

  @Test("strata in which only one group is at risk change nothing")
  func emptyStrata() throws {
    let alone = try LogRankTest(
      EventTimes(times: [1, 2, 3, 4], occurred: [true, true, true, false]),
      groups: Grouping(["a", "b", "a", "b"]))
    let more = try LogRankTest(
      EventTimes(times: [1, 2, 3, 4, 1, 2], occurred: [true, true, true, false, true, true]),
      groups: Grouping(["a", "b", "a", "b", "a", "a"]),
      strata: Grouping(["1", "1", "1", "1", "2", "2"]))
    #expect(more.statistic.agrees(with: alone.statistic, within: 1e-14))
  }

  @Test("refuses what cannot be compared, in words")
  func refusals() throws {
    let sample = try EventTimes(times: [1, 2], occurred: [false, false])
    let two = Grouping(["a", "b"])
    #expect(throws: TimeToEventError.nothingToCompare) { try LogRankTest(sample, groups: two) }
    #expect(throws: TimeToEventError.tooFewGroups(1)) {
      try LogRankTest(sample, groups: Grouping(["a", "a"]))
    }
    #expect(throws: TimeToEventError.unequalColumn("of groups", values: 1, subjects: 2)) {
      try LogRankTest(sample, groups: Grouping(["a"]))
    }
    #expect(throws: TimeToEventError.unequalColumn("of strata", values: 3, subjects: 2)) {
      try LogRankTest(sample, groups: two, strata: Grouping(["1", "2", "3"]))
    }
    #expect(throws: TimeToEventError.tooManyGroups(10_000, limit: 1_000)) {
      try LogRankTest(
        sample, groups: Grouping(codes: [0, 1], labels: (0..<10_000).map { "\($0)" }))
    }
    #expect(throws: TimeToEventError.unusableExponents(rho: -1, gamma: 0)) {
      try LogRankTest(sample, groups: two, weight: .flemingHarrington(rho: -1, gamma: 0))
    }
  }
}
