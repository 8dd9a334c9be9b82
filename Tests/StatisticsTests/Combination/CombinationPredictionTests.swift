import ReferenceTesting
import Statistics
import Testing

struct CombinationPredictionTests {
  struct Row: Decodable, Sendable {
    let null: String
    let correlation: Double?
    let first, second: [Int]
    let mean: Double
    let tails: [[Double]]
    /// Patients, responders, the probability of so many, and of so many or fewer.
    let counts: [[Double]]

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
    let mean = prediction.mean
    #expect(mean.agrees(with: row.mean, within: tolerance), "\(mean) v \(row.mean)")
    for tail in row.tails {
      let found = prediction.lowerTail(tail[0])
      #expect(found.agrees(with: tail[1], within: tolerance), "\(tail[0]): \(found) v \(tail[1])")
    }
  }

  @Test("predicts counts that agree with other formulas", arguments: try reference.get().rows)
  func countsAgreeWithReference(row: Row) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    let prediction = try row.prediction
    for expected in row.counts {
      let (patients, responders) = (Int(expected[0]), Int(expected[1]))
      let count = PredictedCount(of: patients, prediction)
      let (mass, tail) = (count.probabilities[responders], count.lowerTail(responders))
      #expect(mass.agrees(with: expected[2], within: tolerance), "\(expected) v \(mass)")
      #expect(tail.agrees(with: expected[3], within: tolerance), "\(expected) v \(tail)")
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
    #expect(uncorrelated.mean.agrees(with: bliss.mean, within: 1e-12))
    let means = [.highestSingleAgent, .bliss, .simpleSum].map { prediction($0).mean }
    #expect(means == means.sorted())
    let swapped = CombinationPrediction(first: second, second: first, null: .bliss)
    for rate in [0.2, 0.5, 0.8] {
      let tail = bliss.lowerTail(rate)
      #expect(swapped.lowerTail(rate).agrees(with: tail, within: 1e-12))
      #expect(prediction(.highestSingleAgent).lowerTail(rate) >= tail)
      #expect(prediction(.simpleSum).lowerTail(rate) <= tail * (1 + 1e-9))
    }
  }

  /// Parts of very different sizes, in either order.
  static let unequal = [
    ((2, 5), (300, 1000)), ((12, 20), (4500, 10_000)), ((0, 9), (1, 1_000_000)),
    ((20, 20), (0, 21)), ((7, 7), (999, 1000)), ((3, 4), (2000, 1_000_000)),
  ]

  @Test("takes its parts in either order", arguments: unequal)
  func swaps(one: (Int, Int), other: (Int, Int)) throws {
    let first = try ResponseCount(responders: one.0, patients: one.1)
    let second = try ResponseCount(responders: other.0, patients: other.1)
    let correlated = ResponseNull.correlated(try BivariateNormal(correlation: 0.3))
    for null in [.highestSingleAgent, .bliss, .simpleSum, correlated] {
      let given = CombinationPrediction(first: first, second: second, null: null)
      let swapped = CombinationPrediction(first: second, second: first, null: null)
      #expect(given.mean.agrees(with: swapped.mean, within: 1e-12))
      for rate in [0.01, 0.3, 0.6, 0.9, 0.9999] {
        #expect(given.lowerTail(rate).agrees(with: swapped.lowerTail(rate), within: 1e-12))
      }
    }
  }

  @Test("has the limits of parts that are known very differently")
  func sharpLimits() throws {
    for (first, second, upper, digits) in [
      ((2, 5), (300, 1000), 0.853579, 1e6), ((12, 20), (4500, 10_000), 0.884185, 1e6),
    ] {
      let prediction = CombinationPrediction(
        first: try ResponseCount(responders: first.0, patients: first.1),
        second: try ResponseCount(responders: second.0, patients: second.1), null: .bliss)
      let found = try prediction.interval(level: 0.95).upper
      #expect((found * digits).rounded() == (upper * digits).rounded(), "\(found)")
    }
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
