import ReferenceTesting
import Testing

@testable import Statistics

struct BetaMixtureTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    var prior: [[Double]]
    var x, n: Int
    var quantity: String
    var value: Double
    var p0, m, y: Double?

    var testDescription: String { "\(prior) \(x)/\(n) \(quantity)" }

    func ours() throws -> Double {
      let prior = try BetaMixture(
        self.prior.map { .init(weight: $0[0], shape: try BetaShape($0[1], $0[2])) })
      let posterior = prior.updated(by: try ResponseCount(responders: x, patients: n))
      switch quantity {
      case "mean": return posterior.mean
      case "q025": return posterior.quantile(0.025)
      case "q50": return posterior.quantile(0.5)
      case "q975": return posterior.quantile(0.975)
      case "prob": return posterior.upperTail(try #require(p0))
      case "p_gt_0.3": return posterior.upperTail(0.3)
      case "w1": return posterior.components[0].weight
      case "w2": return posterior.components[1].weight
      case "pmf":
        let next = try ResponseCount(
          responders: Int(#require(y)), patients: Int(#require(m)))
        return posterior.components[0].shape.probability(of: next)
      default: return .nan
      }
    }
  }

  static let reference = Result { try ReferenceTable<Row>.load("beta-posteriors", in: .module) }

  @Test("agrees with R and SciPy", arguments: try reference.get().rows)
  func agreesWithReference(row: Row) throws {
    let ours = try row.ours()
    let tolerance = try Self.reference.get().relativeTolerance
    #expect(ours.agrees(with: row.value, within: tolerance), "\(ours) v \(row.value)")
  }

  @Test("the reference covers every quantity")
  func referenceIsComplete() throws {
    let quantities = Set(try Self.reference.get().rows.map(\.quantity))
    #expect(quantities.count == 9)
    #expect(try Self.reference.get().rows.count == 95)
  }

  /// The prior RBesT 1.9-0 fits in its introduction.
  static let rbest = Result {
    try BetaMixture(
      [
        (0.4612914, 33.9513487, 103.0146367), (0.1917812, 19.4400089, 41.5205219),
        (0.1893896, 12.269231, 55.9202833), (0.1575378, 2.2521243, 5.4812202),
      ].map { .init(weight: $0.0, shape: try BetaShape($0.1, $0.2)) })
  }

  @Test("summarizes RBesT's mixture as RBesT does")
  func summary() throws {
    let mixture = try Self.rbest.get()
    #expect(abs(mixture.mean - 0.25545885) < 1e-6)
    #expect(abs(mixture.variance.squareRoot() - 0.08662045) < 1e-6)
    // RBesT searches quantiles coarsely: 0.974992 lies below its 0.46276759.
    #expect(abs(mixture.quantile(0.025) - 0.107304) < 5e-5)
    #expect(abs(mixture.quantile(0.5) - 0.24758768) < 5e-5)
    #expect(abs(mixture.quantile(0.975) - 0.46276759) < 5e-5)
    #expect(mixture.lowerTail(mixture.quantile(0.975)).agrees(with: 0.975, within: 1e-13))
    for (method, size) in [
      (EffectiveSampleSize.elir, 38.0), (.moment, 24), (.morita, 95),
    ] {
      let ours = try #require(mixture.effectiveSampleSize(method))
      #expect(abs(ours - size) <= 0.5, "\(method): \(ours)")
    }
  }

  @Test("decides RBesT's example: 14/24 against 4/6 is no proof")
  func decision() throws {
    let control = try Self.rbest.get().updated(by: ResponseCount(responders: 4, patients: 6))
    let treated = try BetaShape(0.5, 1).updated(by: ResponseCount(responders: 14, patients: 24))
    let superiority = RateComparison(treated: treated, control: control.density)
      .probabilityOfSuperiority
    #expect(superiority > 0.5)
  }

  @Test(
    "a beta distribution is worth the sum of its numbers",
    arguments: [(2.0, 8.0), (1.5, 1.2), (40, 3)])
  func betaSize(a: Double, b: Double) throws {
    let mixture = try BetaMixture([.init(weight: 3, shape: BetaShape(a, b))])
    let twice = try BetaMixture(
      [1, 2].map { .init(weight: $0, shape: try BetaShape(a, b)) })
    #expect(twice.effectiveSampleSize(.elir)?.agrees(with: a + b, within: 1e-8) == true)
    let sizes = EffectiveSampleSize.allCases.compactMap { mixture.effectiveSampleSize($0) }
    #expect(sizes[0].agrees(with: a + b, within: 1e-8))
    #expect(sizes[1].agrees(with: a + b, within: 1e-10))
    #expect(abs(sizes[2] - a - b) < 0.5)
  }

  @Test("the expected local information ratio grows by what is observed")
  func predictivelyConsistent() throws {
    let prior = try Self.rbest.get()
    let next = 20
    var expected = 0.0
    for responders in 0...next {
      let count = try ResponseCount(responders: responders, patients: next)
      let weight = prior.components.reduce(0) {
        $0 + $1.weight * $1.shape.probability(of: count)
      }
      expected += weight * (try #require(prior.updated(by: count).effectiveSampleSize(.elir)))
    }
    let own = try #require(prior.effectiveSampleSize(.elir))
    #expect((expected - Double(next)).agrees(with: own, within: 1e-6))
  }

  @Test("no ratio exists below one")
  func divergent() throws {
    let mixture = try BetaMixture([.init(weight: 1, shape: .jeffreys)])
    #expect(mixture.effectiveSampleSize(.elir) == nil)
    #expect(throws: StatisticsError.weightOutOfRange(0)) {
      try BetaMixture([.init(weight: 0, shape: .jeffreys)])
    }
    #expect(throws: StatisticsError.self) { try BetaShape(0, 1) }
  }

  @Test("approximates a meta-analytic prior closely, and one beta distribution exactly")
  func approximation() throws {
    let exact = BetaMixture.approximating(RateDensity(try BetaShape(7, 21)))
    #expect(exact.mixture.components.count == 1)
    #expect(exact.mixture.components[0].shape.a.agrees(with: 7, within: 1e-6))
    #expect(exact.divergence.magnitude < 1e-9)
    let counts = try zip([23, 12, 19, 9, 39, 6, 9, 10], [107, 44, 51, 39, 139, 20, 78, 35])
      .map(ResponseCount.init)
    let density = try MetaAnalyticPrior(counts, heterogeneity: .halfNormal(scale: 1)).density
    let fit = BetaMixture.approximating(density)
    #expect(fit.divergence > 0 && fit.divergence < 1e-3)
    #expect(abs(fit.mixture.mean - density.mean) < 1e-3)
    let size = try #require(fit.mixture.effectiveSampleSize(.elir))
    #expect(abs(size - 38) < 3, "RBesT 38, ours \(size)")
  }
}
