import ReferenceTesting
import Statistics
import Testing

struct ResponseNullTests {
  /// 1 − Φ₂ at rates .25 and .20, to the five digits printed.
  @Test(
    "gives the published values of correlated action",
    arguments: [
      (-0.3, 0.42438), (0, 0.4), (0.3, 0.37087), (0.5, 0.34803), (0.8, 0.30362), (1, 0.25),
    ])
  func correlated(correlation: Double, expected: Double) throws {
    let rate = ResponseNull.correlated(try BivariateNormal(correlation: correlation))
      .rate(0.25, 0.2)
    #expect((rate * 1e5).rounded() == (expected * 1e5).rounded())
  }

  @Test("lies between the best part and the sum, and correlation orders it")
  func laws() throws {
    let correlations = [-1, -0.6, 0, 0.3, 0.9, 1]
    for first in [0, 0.1, 0.25, 0.5, 0.8, 1] {
      for second in [0, 0.2, 0.5, 0.9, 1] {
        let rates = try correlations.map {
          ResponseNull.correlated(try BivariateNormal(correlation: $0)).rate(first, second)
        }
        #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 >= $1 - 1e-15 })
        let best = ResponseNull.highestSingleAgent.rate(first, second)
        let sum = ResponseNull.simpleSum.rate(first, second)
        let bliss = ResponseNull.bliss.rate(first, second)
        #expect((1 + rates[5]).agrees(with: 1 + best, within: 1e-15))
        #expect((1 + rates[2]).agrees(with: 1 + bliss, within: 1e-15))
        #expect((1 + rates[0]).agrees(with: 1 + sum, within: 1e-14))
        #expect(best <= bliss && bliss <= sum + 1e-15)
      }
    }
  }

  @Test(
    "finds the rate that needs no interaction",
    arguments: [(0.25, 0.5, 0.333), (0.222, 0.5, 0.357), (0.39, 0.5, 0.18), (0.384, 0.483, 0.161)])
  func implied(first: Double, combination: Double, expected: Double) throws {
    let rate = try #require(ResponseNull.bliss.impliedRate(of: combination, beside: first))
    #expect((rate * 1000).rounded() == (expected * 1000).rounded())
    let correlated = ResponseNull.correlated(try BivariateNormal(correlation: 0.3))
    for null in [.highestSingleAgent, .bliss, .simpleSum, correlated] {
      let implied = try #require(null.impliedRate(of: combination, beside: first))
      #expect(null.rate(first, implied).agrees(with: combination, within: 1e-14))
      #expect(null.impliedRate(of: first / 2, beside: first) == nil)
    }
  }
}
