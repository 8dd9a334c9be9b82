import Foundation
import ReferenceTesting
import Testing

@testable import TumorDynamics

struct CombinationForecastTests {
  static let effect = Result {
    try ImmuneEffectPrior(probabilityOfNoEffect: 0.3, medianPerDay: 0.006, spread: 0.6)
      .grid(effects: 20)
  }

  private func setting(
    agent: ImmuneKill? = nil, patients: Int = 40, backbones: [BackboneCalibration]? = nil
  ) throws -> ForecastSetting {
    ForecastSetting(
      backbones: try (backbones ?? [TransportPosteriorTests.review.get()]).map { (1, $0) },
      agent: agent ?? ImmuneKill(killPerDay: 1, signal: VirtualArmTests.signal),
      conduct: try VirtualArmTests.conduct([56, 112, 168]), patients: patients, split: (56, 168))
  }

  private func simulation(_ setting: ForecastSetting) async throws -> ForecastSimulation {
    try await ForecastSimulation(of: setting, reaching: [1e-4, 0.1], patients: 800, seed: 6)
  }

  private func forecast(
    _ setting: ForecastSetting, _ effect: ImmuneEffectGrid, heterogeneity: Double = 0
  ) async throws -> CombinationForecast {
    try await CombinationForecast(
      simulation(setting), effect: ImmuneEffect(effect), heterogeneity: heterogeneity)
  }

  @Test("without an effect the combination is the control")
  func none() async throws {
    let never = try ImmuneEffectPrior(probabilityOfNoEffect: 1).grid(effects: 4)
    let forecast = try await forecast(try setting(), never)
    #expect(forecast.responseGain.mean == 0)
    #expect(forecast.responseRate.variance < 1e-20)
    let rate = forecast.responseRate.mean
    let sampling = try #require(forecast.contributions.last)
    #expect(sampling.source == .sampling)
    #expect(sampling.variance.agrees(with: rate * (1 - rate) / 40, within: 1e-9))
  }

  @Test("an effect helps as often as there is one, and a lower dose helps less")
  func dose() async throws {
    let full = try await forecast(try setting(), Self.effect.get())
    #expect(full.responseGain.quantile(0.29) == 0)
    #expect(full.responseGain.quantile(0.5) > 0.02)
    #expect(full.responseGain.values.allSatisfy { $0 >= 0 })
    let weak = ImmuneSignal(.injections(.cycles(6, ofDays: 28, on: [2, 16], relative: 0.1)))
    let low = try await forecast(
      try setting(agent: ImmuneKill(killPerDay: 1, signal: weak)), Self.effect.get())
    #expect(low.responseGain.mean < full.responseGain.mean / 3)
    #expect(low.chanceAboveControl < full.chanceAboveControl)
    let late = try #require(full.shrinkingShare)
    #expect(late.mean > (try #require(low.shrinkingShare)).mean)
    #expect(full.progressionFree.count == 3)
    #expect(full.progressionFree[2].mean < full.progressionFree[0].mean)
  }

  @Test("names where its variance comes from, and they add to the whole")
  func contributions() async throws {
    let both = try [TransportPosteriorTests.review.get(), TransportPosteriorTests.higher.get()]
    let simulation = try await simulation(try setting(backbones: both))
    func forecast(_ heterogeneity: Double) throws -> CombinationForecast {
      try CombinationForecast(
        simulation, effect: ImmuneEffect(Self.effect.get()), heterogeneity: heterogeneity)
    }
    let parts = Dictionary(
      uniqueKeysWithValues: try forecast(0.5).contributions.map { ($0.source, $0.variance) })
    #expect(parts.count == ForecastContribution.Source.allCases.count)
    #expect(parts[.dose] == 0, "one dose response is no variance")
    #expect(parts.allSatisfy { $0.value > 0 || $0.key == .dose })
    // Given the effect, differing diseases never take variance away.
    for heterogeneity in [0, 0.2, 0.5, 1, 2] {
      let forecast = try forecast(heterogeneity)
      #expect(forecast.contributions.allSatisfy { $0.variance >= 0 })
      let rate = forecast.responseRate
      let sampling = zip(rate.values, rate.weights).reduce(0) { $0 + $1.1 * $1.0 * (1 - $1.0) } / 40
      #expect(
        forecast.contributions.reduce(0) { $0 + $1.variance }
          .agrees(with: rate.variance + sampling, within: 1e-9))
    }
    #expect(
      try forecast(0).contributions.first { $0.source == .disease }?.variance.magnitude ?? 1 < 1e-15
    )
    // Two controls, .222 and .389, alike probable.
    #expect((parts[.control] ?? 0) > 0.002)
  }

  @Test("a dose response that is not known widens the forecast at another dose only")
  func doseResponse() async throws {
    let grid = try Self.effect.get()
    let effect = ImmuneEffect([(0.25, grid), (0.75, grid)])
    let simulation = try await simulation(try setting())
    func forecast(_ strengths: [Double]) throws -> CombinationForecast {
      try CombinationForecast(
        simulation, effect: effect, strengths: strengths, heterogeneity: 0.4)
    }
    func variance(_ forecast: CombinationForecast, _ source: ForecastContribution.Source) -> Double
    {
      forecast.contributions.first { $0.source == source }?.variance ?? .nan
    }
    let full = try forecast([1, 1])
    #expect(variance(full, .dose) < 1e-15)
    let lower = try forecast([0.1, 0.6])
    #expect(variance(lower, .dose) > 1e-4)
    let rate = lower.responseRate
    #expect(
      lower.contributions.reduce(0) { $0 + $1.variance }.agrees(
        with: rate.variance + variance(lower, .sampling), within: 1e-9))
    #expect(lower.responseGain.mean < full.responseGain.mean)
    #expect(full.hazardRatio.quantile(0.71).agrees(with: 1, within: 1e-9), "no effect")
    #expect(full.hazardRatio.quantile(0.05) < lower.hazardRatio.quantile(0.05))
    #expect(full.hazardRatio.values.allSatisfy { $0 <= 1 + 1e-9 })
    let none = try forecast([0, 0])
    #expect(none.responseGain.mean == 0)
    #expect(none.hazardRatio.quantile(0).agrees(with: 1, within: 1e-9))
  }

  @Test("a curve is a straight line between what was simulated")
  func curve() {
    let curve = EffectCurve(killsPerDay: [0, 1, 3], values: [0.2, 0.4, 0.5])
    #expect(curve.value(at: 0) == 0.2)
    #expect(curve.value(at: 0.5).agrees(with: 0.3, within: 1e-15))
    #expect(curve.value(at: 2).agrees(with: 0.45, within: 1e-15))
    #expect(curve.value(at: 9) == 0.5)
  }

  @Test("a distribution of three values")
  func distribution() {
    let three = ForecastDistribution(values: [0.5, 0.1, 0.2], weights: [1, 1, 2])
    #expect(three.mean.agrees(with: 0.25, within: 1e-15))
    #expect(three.variance.agrees(with: 0.0225, within: 1e-13))
    #expect(three.quantile(0.25) == 0.1)
    #expect(three.quantile(0.5) == 0.2)
    #expect(three.interval(level: 0.9) == (0.1, 0.5))
  }

  @Test("limits of responders are those of the mixture of binomial counts")
  func responders() {
    let rates = ForecastDistribution(values: [0.2, 0.5], weights: [1, 3])
    for patients in [1, 4, 9] {
      let masses = (0...patients).map { count in
        zip(rates.values, rates.weights).reduce(0) {
          $0 + $1.1 * choose(patients, count) * pow($1.0, Double(count))
            * pow(1 - $1.0, Double(patients - count))
        }
      }
      for level in [0.5, 0.9, 0.99] {
        let limits = rates.responders(of: patients, level: level)
        let below = masses[..<limits.lowerBound].reduce(0, +)
        let above = masses[(limits.upperBound + 1)...].reduce(0, +)
        #expect(below < (1 - level) / 2)
        #expect(below + masses[limits.lowerBound] >= (1 - level) / 2 - 1e-12)
        #expect(above <= (1 - level) / 2 + 1e-12)
        #expect(above + masses[limits.upperBound] > (1 - level) / 2)
      }
    }
  }

  private func choose(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
  }

  @Test("an observed ratio has the error of its logarithm, and lies between those of its parts")
  func observed() {
    let one = ForecastDistribution(values: [0.8], weights: [1])
    let limits = one.observed(logError: 0.2, level: 0.95)
    #expect(limits.lower.agrees(with: 0.8 * exp(-0.2 * 1.959_963_984_540_054), within: 1e-8))
    #expect(limits.upper.agrees(with: 0.8 * exp(0.2 * 1.959_963_984_540_054), within: 1e-8))
    let two = ForecastDistribution(values: [0.4, 0.8], weights: [1, 1])
    let wider = two.observed(logError: 0.2, level: 0.95)
    #expect(wider.lower < 0.4 && wider.upper < limits.upper && wider.upper > 0.8)
  }

  @Test("the chance to see more responders than the control would give")
  func chance() async throws {
    let simulation = try await ForecastSimulation(
      of: try setting(patients: 4), reaching: [], patients: 2, seed: 1)
    // More than 25 % of 4 are 2 or more.
    #expect(
      simulation.chance(observing: 0.5, above: 0.25).agrees(with: 11 / 16.0, within: 1e-14))
    #expect(simulation.chance(observing: 0.5, above: 0.24).agrees(with: 15 / 16.0, within: 1e-14))
  }

  @Test("says what cannot be forecast")
  func refusals() async throws {
    let effect = try Self.effect.get()
    await #expect(throws: TumorDynamicsError.evidenceWithoutBackbone("the forecast")) {
      try await forecast(try setting(backbones: []), effect)
    }
    await #expect(throws: TumorDynamicsError.tooFewPatients(0)) {
      try await forecast(try setting(patients: 0), effect)
    }
    await #expect(
      throws: TumorDynamicsError.unusableConstant(
        name: "the heterogeneity between diseases", value: -1)
    ) {
      try await forecast(try setting(), effect, heterogeneity: -1)
    }
  }
}
