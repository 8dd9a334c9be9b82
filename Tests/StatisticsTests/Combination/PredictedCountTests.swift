import ReferenceTesting
import Statistics
import Testing

struct PredictedCountTests {
  private func prediction(
    _ first: (Int, Int), _ second: (Int, Int), _ null: ResponseNull
  ) throws -> CombinationPrediction {
    CombinationPrediction(
      first: try ResponseCount(responders: first.0, patients: first.1),
      second: try ResponseCount(responders: second.0, patients: second.1), null: null)
  }

  /// Parts as small as they come, with nobody and everybody among them.
  @Test("has the mean of the rate, and all of the mass", arguments: 0...3, 0...2)
  func laws(responders: Int, others: Int) throws {
    let correlated = ResponseNull.correlated(try BivariateNormal(correlation: 0.3))
    for null in [.highestSingleAgent, .bliss, .simpleSum, correlated] {
      let prediction = try prediction((responders, 3), (others, 2), null)
      let count = PredictedCount(of: 10, prediction)
      #expect(count.probabilities.reduce(0, +).agrees(with: 1, within: 1e-12))
      let mean = count.probabilities.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
      #expect(mean.agrees(with: 10 * prediction.mean, within: 1e-10), "\(null) \(mean)")
      for k in 0...10 {
        #expect((count.lowerTail(k) + count.upperTail(k + 1)).agrees(with: 1, within: 1e-12))
      }
    }
  }

  /// The exact convolution and the grid of rates are two formulas for one thing.
  @Test("comes to independence as the correlation comes to 0", arguments: [30, 120])
  func continuity(patients: Int) throws {
    let almost = ResponseNull.correlated(try BivariateNormal(correlation: 1e-13))
    for (first, second) in [((2, 5), (0, 9)), ((54, 243), (0, 21)), ((20, 20), (3, 7))] {
      let exact = PredictedCount(of: patients, try prediction(first, second, .bliss))
      let grid = PredictedCount(of: patients, try prediction(first, second, almost))
      for (found, expected) in zip(grid.probabilities, exact.probabilities) where expected > 1e-7 {
        #expect(found.agrees(with: expected, within: 1e-9), "\(found) v \(expected)")
      }
    }
  }

  /// R 4.2.2: pbinom(c(3, 8, 12), 20, 0.4), qbinom(c(0.025, 0.975), 20, 0.4).
  @Test("is binomial where the rate is known")
  func binomial() throws {
    let count = PredictedCount(of: 20, try BetaShape(4e11, 6e11))
    for (responders, expected) in [(3, 0.01596116279), (8, 0.59559872531), (12, 0.97897107252)] {
      #expect(count.lowerTail(responders).agrees(with: expected, within: 1e-9))
    }
    #expect(count.limits(level: 0.95) == 4...12)
    #expect(count.pValue(3).agrees(with: 2 * 0.01596116279, within: 1e-9))
    #expect(count.lowerTail(20) == 1 && count.lowerTail(-1) == 0)
    #expect(count.upperTail(0) == 1 && count.upperTail(21) == 0)
  }

  /// Under Jeffreys's prior alone two patients respond with 3/8, 2/8 and 3/8.
  @Test("is beta-binomial where the rate has a beta distribution")
  func betaBinomial() {
    let count = PredictedCount(of: 2, .jeffreys)
    for (found, expected) in zip(count.probabilities, [0.375, 0.25, 0.375]) {
      #expect(found.agrees(with: expected, within: 1e-14))
    }
    #expect(count.limits(level: 0.5) == 0...2)
    #expect(count.pValue(1) == 1)
  }
}
