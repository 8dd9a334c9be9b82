import ReferenceTesting
import Statistics
import Testing

struct CombinationPredictionTests {
  struct Row: Decodable, Sendable {
    let null: String
    let correlation: Double?
    let first, second: [Int]
    let mean: Double?
    let tails: [[Double]]
    let counts: [Double]?

    var prediction: CombinationPrediction {
      get throws {
        CombinationPrediction(
          first: try ResponseCount(responders: first[0], patients: first[1]),
          second: try ResponseCount(responders: second[0], patients: second[1]),
          null: try ResponseNull(named: null, correlation: correlation))
      }
    }
  }

  static let reference = Result {
    try ReferenceTable<Row>.load("combination-prediction", in: .module)
  }

  @Test("agrees with other formulas", arguments: try reference.get().rows)
  func agreesWithReference(row: Row) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    let prediction = try row.prediction
    if let mean = row.mean {
      #expect(prediction.mean.agrees(with: mean, within: tolerance), "\(prediction.mean) v \(mean)")
    }
    for tail in row.tails {
      let found = prediction.lowerTail(tail[0])
      #expect(found.agrees(with: tail[1], within: tolerance), "\(tail[0]): \(found) v \(tail[1])")
    }
    if let counts = row.counts {
      for (found, expected) in zip(prediction.predictedCounts(of: 30), counts)
      where expected > 1e-9 {
        #expect(found.agrees(with: expected, within: 1e-6), "\(found) v \(expected)")
      }
    }
  }

  /// A correlation of 0 is independence, and every null lies between its neighbors.
  @Test("holds its laws for small parts", arguments: 0...4, 0...3)
  func laws(responders: Int, others: Int) throws {
    let first = try ResponseCount(responders: responders, patients: 4)
    let second = try ResponseCount(responders: others, patients: 3)
    func prediction(_ null: ResponseNull) -> CombinationPrediction {
      CombinationPrediction(first: first, second: second, null: null)
    }
    let bliss = prediction(.bliss)
    let uncorrelated = prediction(.correlated(try BivariateNormal(correlation: 0)))
    #expect(uncorrelated.mean.agrees(with: bliss.mean, within: 1e-8))
    let means = [.highestSingleAgent, .bliss, .simpleSum].map { prediction($0).mean }
    #expect(means == means.sorted())
    let swapped = CombinationPrediction(first: second, second: first, null: .bliss)
    for rate in [0.2, 0.5, 0.8] {
      let tail = bliss.lowerTail(rate)
      #expect(swapped.lowerTail(rate).agrees(with: tail, within: 1e-8))
      #expect(prediction(.highestSingleAgent).lowerTail(rate) >= tail)
      #expect(prediction(.simpleSum).lowerTail(rate) <= tail * (1 + 1e-9))
    }
    let counts = bliss.predictedCounts(of: 10)
    #expect(counts.reduce(0, +).agrees(with: 1, within: 1e-7))
    let expected = counts.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    #expect(expected.agrees(with: 10 * bliss.mean, within: 1e-6))
  }

  @Test("gives back the tail its quantile was asked for", arguments: [0.025, 0.5, 0.975])
  func quantiles(tail: Double) throws {
    let prediction = CombinationPrediction(
      first: try ResponseCount(responders: 54, patients: 243),
      second: try ResponseCount(responders: 0, patients: 21), null: .bliss)
    #expect(prediction.lowerTail(prediction.quantile(tail)).agrees(with: tail, within: 1e-10))
    #expect(prediction.lowerTail(0) == 0 && prediction.lowerTail(1) == 1)
    #expect(throws: StatisticsError.levelOutOfRange(1)) { try prediction.interval(level: 1) }
  }
}
