import ReferenceTesting
import Statistics
import Testing

struct HodgesLehmannTests {
  @Test(
    "agrees with listed averages and counted signs",
    arguments: try WilcoxonSignedRankTests.reference.get().rows)
  func agreesWithReference(row: SignedRankRow) throws {
    for (level, expected) in row.hodgesLehmann {
      let level = try #require(Double(level))
      let interval = try HodgesLehmann(row.differences, level: level)
      let ours = [interval.estimate, interval.lower, interval.upper, interval.attainedLevel]
      for (value, other) in zip(ours, expected) {
        // An average near zero is the sum of two of either sign, each right to 2⁻⁵³.
        #expect(
          value.agrees(with: other, within: 1e-10) || abs(value - other) < 1e-14,
          "\(level): \(ours) v \(expected)")
      }
      #expect(interval.attainsLevel == (expected[3] >= level - 1e-12))
      #expect(interval.isExact)
    }
  }

  @Test("agrees with R", arguments: try WilcoxonSignedRankTests.programs.get().rows[0].series)
  func agreesWithR(series: PairedPrograms.Series) throws {
    for expected in series.hodgesLehmann ?? [] {
      let interval = try HodgesLehmann(series.differences, level: expected[0])
      let greater = try HodgesLehmann(
        series.differences, level: expected[0], alternative: .greater)
      let less = try HodgesLehmann(series.differences, level: expected[0], alternative: .less)
      let ours = [
        interval.estimate, interval.lower, interval.upper, greater.lower, less.upper,
      ]
      for (value, other) in zip(ours, expected.dropFirst()) {
        #expect(
          value.agrees(with: other, within: 1e-10) || abs(value - other) < 1e-14,
          "\(ours) v \(expected)")
      }
      #expect(greater.upper == .infinity && less.lower == -.infinity)
    }
  }

  @Test("holds the shifts that the exact test accepts", arguments: [6, 9, 14])
  func invertsTest(count: Int) throws {
    let differences = (0..<count).map { Double($0 * $0 * 37 % 101) / 7 - 4 }
    for level in [0.8, 0.95] {
      let interval = try HodgesLehmann(differences, level: level)
      for step in -200...200 {
        let shift = interval.estimate + Double(step) / 17 + 0.001
        let test = try WilcoxonSignedRank(differences.map { $0 - shift })
        let pValue = try test.pValue(.exact)
        #expect(interval.contains(shift) == (pValue > 1 - level), "\(shift): \(pValue)")
      }
    }
  }

  @Test("moves and turns with the differences")
  func equivariance() throws {
    let differences = [3.5, -1.25, 0.5, 2, 8, -0.75, 1.5, 4, -2.5, 0.25]
    let interval = try HodgesLehmann(differences)
    let moved = try HodgesLehmann(differences.map { $0 + 16 })
    let turned = try HodgesLehmann(differences.map { -$0 })
    #expect(moved.estimate == interval.estimate + 16 && moved.lower == interval.lower + 16)
    #expect(turned.estimate == -interval.estimate && turned.lower == -interval.upper)
    let wider = try HodgesLehmann(differences, level: 0.99)
    #expect(wider.lower <= interval.lower && interval.upper <= wider.upper)
  }

  @Test("says when there are too few differences for the level")
  func tooFew() throws {
    let five = try HodgesLehmann([1, 2, 3, 4, 5])
    #expect(five.attainedLevel == 0.9375 && !five.attainsLevel)
    #expect(five.lower == 1 && five.upper == 5 && five.estimate == 3)
    let six = try HodgesLehmann([1, 2, 3, 4, 5, 6])
    #expect(six.attainedLevel == 0.96875 && six.attainsLevel)
    let one = try HodgesLehmann([2.5])
    #expect(one.attainedLevel == 0 && one.estimate == 2.5 && one.lower == 2.5)
    // A level that can be attained to the letter is not exceeded.
    #expect(try HodgesLehmann([1, 2, 3, 4, 5], level: 0.9375).attainsLevel)
    #expect(try HodgesLehmann([1, 2, 3, 4, 5], level: 0.875).attainedLevel == 0.875)
  }

  @Test("approximates the rank above its limit, next to the exact one below it")
  func approximation() throws {
    let most = HodgesLehmann.maximumExactDifferences
    let differences = (0...most).map { Double($0 * 7919 % 10_007) }
    let large = try HodgesLehmann(differences)
    let exact = try HodgesLehmann(Array(differences.dropLast()))
    #expect(!large.isExact && exact.isExact)
    #expect((large.attainedLevel - 0.95).magnitude < 1e-4 && large.attainsLevel)
    #expect((large.lower - exact.lower).magnitude < 40)
    #expect((large.upper - exact.upper).magnitude < 40)
  }

  @Test("ranks averages of any size and sign")
  func extremes() throws {
    let huge = Double.greatestFiniteMagnitude
    #expect(try HodgesLehmann([huge, huge]).estimate == huge)
    #expect(try HodgesLehmann([-1, 1]).estimate == 0)
    let signed = try HodgesLehmann([-0.0, -0.0])
    #expect(signed.estimate.sign == .plus)
  }

  @Test("refuses levels that are no probabilities", arguments: [0, 1, Double.nan])
  func refuses(level: Double) {
    #expect(throws: StatisticsError.self) { try HodgesLehmann([1, 2], level: level) }
  }
}
