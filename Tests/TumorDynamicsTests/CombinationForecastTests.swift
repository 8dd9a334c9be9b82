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
    agent: ImmuneKill? = nil, heterogeneity: Double = 0, patients: Int = 40,
    backbones: [BackboneCalibration]? = nil
  ) throws -> ForecastSetting {
    ForecastSetting(
      backbones: try (backbones ?? [TransportPosteriorTests.review.get()]).map { (1, $0) },
      agent: agent ?? ImmuneKill(killPerDay: 1, signal: VirtualArmTests.signal),
      conduct: try VirtualArmTests.conduct([56, 112, 168]), patients: patients,
      heterogeneity: heterogeneity, split: (56, 168))
  }

  private func forecast(
    _ setting: ForecastSetting, _ effect: ImmuneEffectGrid
  ) async throws -> CombinationForecast {
    try await CombinationForecast(of: setting, effect: effect, patients: 800, seed: 6)
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
    let forecast = try await forecast(
      try setting(heterogeneity: 0.5, backbones: both), Self.effect.get())
    let parts = Dictionary(
      uniqueKeysWithValues: forecast.contributions.map { ($0.source, $0.variance) })
    #expect(parts.count == ForecastContribution.Source.allCases.count)
    #expect(parts.values.allSatisfy { $0 > 0 })
    let rate = forecast.responseRate
    let sampling = zip(rate.values, rate.weights).reduce(0) { $0 + $1.1 * $1.0 * (1 - $1.0) } / 40
    #expect(
      parts.values.reduce(0, +).agrees(with: rate.variance + sampling, within: 1e-9))
    // Given the effect, differing diseases never take variance away.
    for heterogeneity in [0.2, 1, 2] {
      let other = try await self.forecast(
        try setting(heterogeneity: heterogeneity, backbones: both), Self.effect.get())
      #expect(other.contributions.allSatisfy { $0.variance >= 0 })
      let rate = other.responseRate
      let sampling = zip(rate.values, rate.weights).reduce(0) { $0 + $1.1 * $1.0 * (1 - $1.0) } / 40
      #expect(
        other.contributions.reduce(0) { $0 + $1.variance }
          .agrees(with: rate.variance + sampling, within: 1e-9))
    }
    let without = try await self.forecast(try setting(backbones: both), Self.effect.get())
    #expect(
      without.contributions.first { $0.source == .disease }?.variance.magnitude ?? 1 < 1e-15)
    // Two controls, .222 and .389, alike probable.
    #expect((parts[.control] ?? 0) > 0.002)
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

  @Test("the chance to see more responders than the control would give")
  func chance() throws {
    let simulation = ForecastSimulation(setting: try setting(patients: 4), patients: 2, seed: 1)
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
  }
}
