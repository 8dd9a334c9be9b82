import Foundation
import ReferenceTesting
import Testing

@testable import Statistics

struct ShrunkenRatesTests {
  @Test("draws every group toward the others")
  func shrinks() throws {
    let groups = try [(1, 8), (4, 8), (10, 14)].map(ResponseCount.init)
    let shrunk = try ShrunkenRates(groups)
    let means = shrunk.densities.map(\.mean)
    #expect(means[0] > groups[0].rate && means[2] < groups[2].rate)
    #expect(means[0] < means[1] && means[1] < means[2])
  }

  @Test("two unequal groups agree with a joint grid of their logits")
  func jointGrid() throws {
    // With tau fixed the two logits are jointly normal a priori: mean 0, variance 4 + tau²,
    // covariance 4. No step of the hierarchy's quadrature is shared.
    let (tau, groups) = (0.7, try [(1, 8), (9, 12)].map(ResponseCount.init))
    let shrunk = try ShrunkenRates(groups, heterogeneity: .fixed(tau))
    let (variance, covariance) = (4 + tau * tau, 4.0)
    let determinant = variance * variance - covariance * covariance
    let likelihoods = groups.map { BinomialLogLikelihood($0) }
    var (total, first, second) = (0.0, 0.0, 0.0)
    for i in -400...400 {
      for j in -400...400 {
        let (x, y) = (Double(i) / 40, Double(j) / 40)
        let quadratic =
          (variance * (x * x + y * y) - 2 * covariance * x * y) / (2 * determinant)
        let term = exp(
          likelihoods[0].value(at: x) + likelihoods[1].value(at: y) - quadratic)
        total += term
        first += term * expit(x)
        second += term * expit(y)
      }
    }
    #expect(shrunk.densities[0].mean.agrees(with: first / total, within: 1e-9))
    #expect(shrunk.densities[1].mean.agrees(with: second / total, within: 1e-9))
  }

  @Test("no variation between groups gives one rate, much variation leaves them alone")
  func limits() throws {
    let groups = try [(10, 40), (30, 40)].map(ResponseCount.init)
    let one = try ShrunkenRates(groups, heterogeneity: .fixed(0))
    #expect(one.densities[0].mean.agrees(with: one.densities[1].mean, within: 1e-9))
    let apart = try ShrunkenRates(groups, heterogeneity: .fixed(10))
    #expect(abs(apart.densities[0].mean - 0.25) < 0.01)
  }

  @Test("refuses one group and too many")
  func refuses() throws {
    let one = try ResponseCount(responders: 3, patients: 10)
    #expect(throws: StatisticsError.tooFewControls(1, needed: 2, method: "shrinkage")) {
      try ShrunkenRates([one])
    }
    #expect(throws: StatisticsError.tooManyGroups(41, limit: 40)) {
      try ShrunkenRates(Array(repeating: one, count: 41))
    }
  }
}
