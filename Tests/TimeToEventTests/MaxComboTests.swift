import ReferenceTesting
import Statistics
import Testing

@testable import TimeToEvent

struct MaxComboTests {
  struct TailRow: Decodable, Sendable, CustomTestStringConvertible {
    let correlation: [[Double]]
    let bound, probability: Double
    let isTwoSided: Bool

    var testDescription: String { "\(correlation) \(bound) \(isTwoSided)" }
  }

  struct TestRow: Decodable, Sendable, CustomTestStringConvertible {
    let sample, by: String
    let strata: String?
    let weights, correlation: [[Double]]
    let deviates: [Double]
    let twoSided, greater: Double

    var testDescription: String { "\(sample) \(strata ?? "") \(weights)" }
  }

  static let tails = Result { try ReferenceTable<TailRow>.load("normal-maxima", in: .module) }
  static let tests = Result { try ReferenceTable<TestRow>.load("max-combo", in: .module) }

  @Test(
    "tails of the largest deviate agree with nested integration", arguments: try tails.get().rows)
  func tailsAgree(row: TailRow) throws {
    var matrix = SymmetricMatrix(size: row.correlation.count)
    for (index, values) in row.correlation.enumerated() {
      for (column, value) in values.enumerated() { matrix[index, column] = value }
    }
    let maximum = NormalMaximum(correlation: matrix, isTwoSided: row.isTwoSided)
    #expect(maximum.upperTail(row.bound).agrees(with: row.probability, within: 1e-8))
  }

  @Test("tests agree with the definition", arguments: try tests.get().rows)
  func testsAgree(row: TestRow) throws {
    let data = try ReferenceSample.named(row.sample)
    let weights = row.weights.map { LogRankWeight.flemingHarrington(rho: $0[0], gamma: $0[1]) }
    for (alternative, p) in [(Alternative.twoSided, row.twoSided), (.greater, row.greater)] {
      let test = try MaxComboTest(
        data.eventTimes(), groups: data.grouping(row.by), strata: row.strata.map(data.grouping),
        weights: weights, alternative: alternative)
      for (ours, theirs) in zip(test.deviates, row.deviates) {
        #expect(ours.agrees(with: theirs, within: 1e-10))
      }
      for (ours, theirs) in zip(test.correlation.joined(), row.correlation.joined()) {
        #expect(ours.agrees(with: theirs, within: 1e-10))
      }
      #expect(test.pValue.agrees(with: p, within: 1e-8), "\(alternative)")
    }
  }

  @Test("of one weight it is that test, and of one weight twice too")
  func oneWeight() throws {
    let data = try ReferenceSample.named("gehan")
    let alone = try LogRankTest(data.eventTimes(), groups: data.grouping("arm"))
    for weights in [[LogRankWeight.logRank], [.logRank, .logRank]] {
      let test = try MaxComboTest(
        data.eventTimes(), groups: data.grouping("arm"), weights: weights)
      #expect(test.pValue.agrees(with: alone.pValue, within: 1e-12))
    }
  }

  @Test("p lies between the smallest of its tests and that times their number")
  func bonferroni() throws {
    for name in ["gehan", "tied", "months", "few"] {
      let data = try ReferenceSample.named(name)
      let test = try MaxComboTest(data.eventTimes(), groups: data.grouping("arm"))
      let smallest = 2 * normalUpperTail(test.statistic.magnitude)
      #expect(smallest <= test.pValue && test.pValue <= 4 * smallest)
    }
  }

  @Test("refuses more than four weights, and other than two groups")
  func refusals() throws {
    let data = try ReferenceSample.named("untied")
    #expect(throws: TimeToEventError.notTwoGroups(3)) {
      try MaxComboTest(data.eventTimes(), groups: data.grouping("arm"))
    }
    let two = try ReferenceSample.named("few")
    #expect(throws: TimeToEventError.unusableWeights(5, limit: 4)) {
      try MaxComboTest(
        two.eventTimes(), groups: two.grouping("arm"), weights: Array(repeating: .logRank, count: 5)
      )
    }
  }
}
