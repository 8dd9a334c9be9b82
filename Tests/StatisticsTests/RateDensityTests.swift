import ReferenceTesting
import Testing

@testable import Statistics

struct RateDensityTests {
  @Test(
    "integrates beta distributions to their closed forms",
    arguments: [
      (0.5, 0.5), (1, 1), (0.05, 3), (15.5, 15.5), (3, 0.2), (2500.5, 7500.5), (1e6, 3e6),
    ])
  func beta(a: Double, b: Double) throws {
    let shape = try BetaShape(a, b)
    let density = RateDensity(shape)
    #expect(density.mean.agrees(with: shape.mean, within: 1e-10))
    let deviation = shape.variance.squareRoot()
    #expect(density.standardDeviation.agrees(with: deviation, within: 1e-8))
    for tail in [1e-6, 0.025, 0.3, 0.5, 0.9, 0.999] {
      let quantile = shape.quantile(tail)
      // So near 1 that doubles are further apart than the tails.
      guard quantile < 1 - 1e-7 else { continue }
      #expect(density.quantile(tail).agrees(with: quantile, within: 1e-9))
      #expect(density.lowerTail(quantile).agrees(with: tail, within: 1e-8))
    }
  }

  @Test("updates as the beta distribution does", arguments: [0, 1, 7, 12], [12, 40])
  func update(responders: Int, patients: Int) throws {
    let count = try ResponseCount(responders: responders, patients: patients)
    let prior = try BetaShape(4.3, 7.7)
    let posterior = RateDensity(prior).updated(by: count)
    let exact = prior.updated(by: count)
    #expect(posterior.posterior.mean.agrees(with: exact.mean, within: 1e-10))
    #expect(
      posterior.posterior.quantile(0.975).agrees(with: exact.quantile(0.975), within: 1e-9))
  }

  @Test("a contradicted prior weighs as much as in closed form", arguments: [0, 3, 20, 40])
  func robustWeight(responders: Int) throws {
    let count = try ResponseCount(responders: responders, patients: 40)
    let shapes = [try BetaShape(90, 210), .uniform]
    let robust = RobustPrior(RateDensity(shapes[0]), vague: shapes[1], concurrent: count)
    for weight in [0.01, 0.2, 0.9] {
      let mixture = try BetaMixture([
        .init(weight: 1 - weight, shape: shapes[0]), .init(weight: weight, shape: shapes[1]),
      ]).updated(by: count)
      let after = try robust.vagueWeight(prior: weight)
      #expect(after.agrees(with: mixture.components[1].weight, within: 1e-8))
      let density = try robust.density(weight: weight)
      #expect(density.mean.agrees(with: mixture.mean, within: 1e-9))
      #expect(density.quantile(0.9).agrees(with: mixture.quantile(0.9), within: 1e-8))
    }
    #expect(try robust.vagueWeight(prior: 0) == 0)
    #expect(try robust.vagueWeight(prior: 1) == 1)
    #expect(throws: StatisticsError.weightOutOfRange(1.1)) { try robust.vagueWeight(prior: 1.1) }
  }

  @Test(
    "superiority and difference of two beta rates obey their laws", arguments: [0, 1, 4], [0, 2, 4])
  func comparison(treated: Int, control: Int) throws {
    let shapes = try [treated, control].map {
      BetaShape.jeffreys.updated(by: try ResponseCount(responders: $0, patients: 4))
    }
    let forward = RateComparison(treated: shapes[0], control: RateDensity(shapes[1]))
    let backward = RateComparison(treated: shapes[1], control: RateDensity(shapes[0]))
    let sum = forward.probabilityOfSuperiority + backward.probabilityOfSuperiority
    #expect(sum.agrees(with: 1, within: 1e-8))
    #expect((1 - forward.lowerTail(0)).agrees(with: forward.probabilityOfSuperiority, within: 1e-8))
    let (first, second) = (
      try forward.interval(level: 0.95), try backward.interval(level: 0.95)
    )
    #expect(abs(first.lower + second.upper) < 1e-7)
    #expect(forward.lowerTail(first.upper).agrees(with: 0.975, within: 1e-7))
    #expect(forward.lowerTail(-1) == 0 && forward.lowerTail(1) == 1)
    #expect(throws: StatisticsError.levelOutOfRange(1)) { try forward.interval(level: 1) }
  }

  @Test("a mixture's panels give its parts back")
  func mixture() throws {
    let parts = [try BetaShape(3000, 7000), try BetaShape(1, 1), try BetaShape(9, 1)]
    let density = RateDensity(
      mixing: zip([0.5, 0.3, 0.2], parts).map { ($0, RateDensity($1)) })
    let mixture = try BetaMixture(
      zip([0.5, 0.3, 0.2], parts).map { .init(weight: $0, shape: $1) })
    #expect(density.mean.agrees(with: mixture.mean, within: 1e-10))
    for rate in [0.01, 0.29, 0.3, 0.8, 0.999] {
      #expect(density.lowerTail(rate).agrees(with: mixture.lowerTail(rate), within: 1e-8))
    }
  }
}
