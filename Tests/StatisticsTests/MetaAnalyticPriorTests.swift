import ReferenceTesting
import Testing

@testable import Statistics

struct MetaAnalyticPriorTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    var controls: [[Int]]
    var tau: String
    var treated: [Int]
    var mean, sd, fourthMoment, superiority, tauMean, tauSD: Double
    var cuts, tails: [Double]

    var testDescription: String { "\(controls), \(tau)" }

    func prior(resolution: Double = 1) throws -> MetaAnalyticPrior {
      try MetaAnalyticPrior(
        controls.map { try ResponseCount(responders: $0[0], patients: $0[1]) },
        heterogeneity: #require(try HeterogeneityPrior(parsing: tau)), resolution: resolution)
    }

    func superiority(over density: RateDensity) throws -> Double {
      let count = try ResponseCount(responders: treated[0], patients: treated[1])
      return RateComparison(treated: BetaShape.jeffreys.updated(by: count), control: density)
        .probabilityOfSuperiority
    }
  }

  static let reference = Result { try ReferenceTable<Row>.load("borrowing", in: .module) }

  @Test("agrees with a triple Gauss-Legendre quadrature", arguments: try reference.get().rows)
  func agreesWithReference(row: Row) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    let prior = try row.prior()
    let density = prior.density
    let pairs: [(Double, Double)] = [
      (density.mean, row.mean), (density.standardDeviation, row.sd),
      (density.expectation { $0 * $0 * $0 * $0 }, row.fourthMoment),
      (try row.superiority(over: density), row.superiority),
      (prior.heterogeneity.mean, row.tauMean),
      (prior.heterogeneity.standardDeviation, row.tauSD),
    ]
    for (ours, theirs) in pairs + zip(row.cuts.map(density.lowerTail), row.tails) {
      #expect(ours.agrees(with: theirs, within: tolerance), "\(ours) v \(theirs)")
    }
  }

  @Test(
    "halving every step changes nothing",
    arguments: try reference.get().rows.enumerated().filter { $0.offset % 3 != 1 }.map(\.element))
  func converged(row: Row) throws {
    let (prior, finer) = (try row.prior(), try row.prior(resolution: 2))
    for tail in [0.001, 0.025, 0.5, 0.975, 0.999] {
      #expect(
        prior.density.quantile(tail).agrees(with: finer.density.quantile(tail), within: 1e-8))
    }
    #expect(prior.density.mean.agrees(with: finer.density.mean, within: 1e-9))
    #expect(
      prior.density.standardDeviation.agrees(with: finer.density.standardDeviation, within: 1e-9))
    #expect(prior.heterogeneity.median.agrees(with: finer.heterogeneity.median, within: 1e-8))
    #expect(prior.heterogeneity.upper.agrees(with: finer.heterogeneity.upper, within: 1e-8))
  }

  @Test("counting E2100's four analyses as trials gives .945 where one row a trial gives .846")
  func oneTrialOneRow() throws {
    let others = try [(39, 94), (43, 112)].map(ResponseCount.init)
    let analyses = try [(54, 243), (64, 273), (69, 326), (61, 242)].map(ResponseCount.init)
    let treated = BetaShape.jeffreys.updated(
      by: try ResponseCount(responders: 15, patients: 30))
    let superiority = { (controls: [ResponseCount]) in
      RateComparison(treated: treated, control: try MetaAnalyticPrior(controls).density)
        .probabilityOfSuperiority
    }
    #expect(abs(try superiority([analyses[0]] + others) - 0.846) < 0.0005)
    #expect(abs(try superiority(analyses + others) - 0.945) < 0.0006)
    // With one control the prior of tau is the answer.
    #expect(abs(try superiority([analyses[0]]) - 0.94) < 0.005)
  }

  @Test("RBesT's example at the noise of its Markov chains")
  func rbest() throws {
    let counts = try zip([23, 12, 19, 9, 39, 6, 9, 10], [107, 44, 51, 39, 139, 20, 78, 35])
      .map(ResponseCount.init)
    let prior = try MetaAnalyticPrior(counts, heterogeneity: .halfNormal(scale: 1))
    // Weber et al., introduction to RBesT 1.9-0: 0.255, 0.0864, 0.106, 0.247, 0.461; tau 0.387.
    #expect(abs(prior.density.mean - 0.255) < 0.015)
    #expect(abs(prior.density.standardDeviation - 0.0864) < 0.015)
    #expect(abs(prior.density.quantile(0.025) - 0.106) < 0.015)
    #expect(abs(prior.density.quantile(0.975) - 0.461) < 0.015)
    #expect(abs(prior.heterogeneity.mean - 0.387) < 0.015)
  }

  @Test("stays finite where counts and priors are extreme")
  func extremes() throws {
    let counts = [(0, 1), (0, 10_000), (10_000, 10_000), (1, 1_000_000), (5_000, 10_000)]
    for (responders, patients) in counts {
      let count = try ResponseCount(responders: responders, patients: patients)
      for tau in [
        HeterogeneityPrior.fixed(0), .halfNormal(scale: 1e-6), .halfNormal(scale: 10),
        .uniform(lower: 0, upper: 10), .logNormal(meanLog: -1, deviationLog: 1),
      ] {
        let prior = try MetaAnalyticPrior([count], heterogeneity: tau)
        let values = [0.025, 0.5, 0.975].map(prior.density.quantile) + [prior.density.mean]
        #expect(values.allSatisfy { (0...1).contains($0) }, "\(count) \(tau)")
        #expect(values[0] <= values[1] && values[1] <= values[2])
        #expect(
          prior.density.lowerTail(prior.density.quantile(0.3)).agrees(with: 0.3, within: 1e-6))
      }
    }
  }

  @Test("exchanging the outcomes mirrors the prior")
  func mirror() throws {
    let prior = try MetaAnalyticPrior([(3, 10), (5, 9)].map(ResponseCount.init))
    let mirrored = try MetaAnalyticPrior([(7, 10), (4, 9)].map(ResponseCount.init))
    #expect((1 - prior.density.mean).agrees(with: mirrored.density.mean, within: 1e-11))
    #expect(
      (1 - prior.density.quantile(0.1)).agrees(with: mirrored.density.quantile(0.9), within: 1e-9))
  }

  @Test("the order of the trials does not matter")
  func order() throws {
    let counts = try [(3, 10), (5, 9), (40, 100)].map(ResponseCount.init)
    let (first, second) = (
      try MetaAnalyticPrior(counts).density.mean,
      try MetaAnalyticPrior(counts.reversed()).density.mean
    )
    #expect(first.agrees(with: second, within: 1e-12))
  }

  @Test(
    "refuses what is no prior",
    arguments: [
      "half-normal(0)", "half-normal(-1)", "half-normal(nan)", "half-normal(11)", "fixed(-1)",
      "uniform(1, 1)", "uniform(0, 20)", "log-normal(0, 0)", "exponential(0)", "half-normal(x)",
    ])
  func refusesPriors(text: String) {
    #expect(throws: StatisticsError.self) { try HeterogeneityPrior(parsing: text) }
  }

  @Test("reads the names it writes")
  func names() throws {
    for text in [
      "half-normal(0.5)", "uniform(0, 2)", "log-normal(-1, 0.5)", "exponential(2)", "fixed(0.3)",
    ] {
      #expect(try HeterogeneityPrior(parsing: text)?.description == text)
    }
    for text in ["half-normal", "half-normal(0.5", "cauchy(1)", "half-normal(1, 2)", ""] {
      #expect(try HeterogeneityPrior(parsing: text) == nil)
    }
    #expect(throws: StatisticsError.noControls) { try MetaAnalyticPrior([]) }
    #expect(StatisticsError.noControls.description == "there is no control to borrow from")
  }
}
