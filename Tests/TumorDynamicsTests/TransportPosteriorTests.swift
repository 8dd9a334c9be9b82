import Foundation
import RECIST
import ReferenceTesting
import Testing

@testable import TumorDynamics

struct TransportPosteriorTests {
  private static func backbone(_ responders: Int, of patients: Int, median: Double)
    throws -> BackboneCalibration
  {
    try BackboneCalibration(
      to: BackboneControl(responders: responders, patients: patients, medianDays: median),
      of: VirtualArmTests.claret(0.006), patients: 2_000, seed: 1)
  }

  /// E2100's independent review, and NK105, of which no whole number of responders gives the printed
  /// 39.0 %; medians of 5.8 and 8.5 months in days of 30.4375.
  static let review = Result { try backbone(54, of: 243, median: 176.5) }
  static let higher = Result { try backbone(82, of: 211, median: 258.7) }

  private let agent = ImmuneKill(killPerDay: 1, signal: VirtualArmTests.signal)

  private func source(_ backbone: BackboneCalibration) throws -> TransportEvidence {
    TransportEvidence(
      "source trial", .responses(responders: 15, patients: 30), isVerified: true,
      backbones: [(1, backbone)], agent: agent, conduct: try VirtualArmTests.conduct([84, 168]))
  }

  private func randomized(_ ratio: Double, _ lower: Double, _ upper: Double) throws
    -> TransportEvidence
  {
    TransportEvidence(
      "randomized trial", .hazardRatio(ratio, lower: lower, upper: upper), isVerified: true,
      backbones: [(1, try Self.higher.get())], agent: agent,
      conduct: try VirtualArmTests.conduct([56, 112, 168, 224, 280, 336]))
  }

  private func posterior(_ evidence: [TransportEvidence]) async throws -> TransportPosterior {
    try await TransportPosterior(
      prior: try ImmuneEffectPrior().grid(effects: 8), evidence: evidence,
      doseResponses: evidence.first?.strengths.count ?? 1, patients: 800, seed: 3)
  }

  @Test("without evidence the prior stays")
  func nothing() async throws {
    let posterior = try await posterior([])
    #expect(posterior.posterior == posterior.prior)
    #expect(try #require(posterior.bayesFactor).agrees(with: 1, within: 1e-12))
  }

  @Test("the fitted effect depends on which control it is fitted against")
  func control() async throws {
    let against = try await posterior([try source(Self.review.get())])
    let higher = try await posterior([try source(Self.higher.get())])
    #expect(against.posterior.probabilityOfNoEffect < 0.2)
    #expect(higher.posterior.probabilityOfNoEffect > 0.3)
    #expect(try #require(against.bayesFactor) > 4)
    #expect(against.posterior.quantile(0.5) > higher.posterior.quantile(0.5))
  }

  @Test("can say no: a randomized trial without an effect speaks against one")
  func saysNo() async throws {
    let alone = try await posterior([try source(Self.review.get())])
    let both = try await posterior([
      try source(Self.review.get()), try randomized(0.93, 0.67, 1.3),
    ])
    #expect(
      both.posterior.probabilityOfNoEffect > alone.posterior.probabilityOfNoEffect + 0.05)
    let sure = try await posterior([try randomized(1, 0.95, 1.05)])
    #expect(sure.posterior.probabilityOfNoEffect > 0.85)
    #expect(try #require(sure.bayesFactor) < 0.2)
    let strong = try await posterior([try randomized(0.4, 0.3, 0.53)])
    #expect(strong.posterior.probabilityOfNoEffect < 1e-3)
  }

  @Test("what each summary says can be taken apart, in any order")
  func parts() async throws {
    let evidence = [try source(Self.review.get()), try randomized(0.93, 0.67, 1.3)]
    let both = try await posterior(evidence)
    let swapped = try await posterior(evidence.reversed())
    for (one, other) in zip(both.posterior.weights, swapped.posterior.weights) {
      #expect(one.agrees(with: other, within: 1e-12))
    }
    #expect(both.posterior { $0 == 0 } == (try await posterior([evidence[0]])).posterior)
    #expect(both.posterior { _ in false } == both.prior)
    #expect(both.posterior.effectivePoints > 1)
  }

  /// The logarithm of the best possible likelihood, 500 of 1,000, is −693: too small for a number.
  @Test("a large trial moves the posterior as a small one does, only more")
  func large() async throws {
    let backbones = [(weight: 1.0, calibration: try Self.review.get())]
    func evidence(_ responders: Int, _ patients: Int) throws -> TransportEvidence {
      TransportEvidence(
        "trial", .responses(responders: responders, patients: patients), isVerified: true,
        backbones: backbones, agent: agent, conduct: try VirtualArmTests.conduct([84, 168]))
    }
    let small = try await posterior([try evidence(15, 30)])
    let large = try await posterior([try evidence(1_500, 3_000)])
    #expect(large.posterior.probabilityOfNoEffect < 1e-12)
    #expect(small.posterior.probabilityOfNoEffect > 1e-4)
    #expect(try #require(large.bayesFactor) > (try #require(small.bayesFactor)))
  }

  @Test("there is no Bayes factor where the prior rules one side out", arguments: [0.0, 1])
  func oneSided(noEffect: Double) async throws {
    let posterior = try await TransportPosterior(
      prior: try ImmuneEffectPrior(probabilityOfNoEffect: noEffect).grid(effects: 4),
      evidence: [try source(Self.review.get())], patients: 200, seed: 3)
    #expect(posterior.bayesFactor == nil)
  }

  @Test("an effect under which nobody progresses is not taken for none")
  func nobody() throws {
    let still = PatientOutcome(
      baseline: 50, scans: [.init(index: 0, day: 56, millimeters: 50, response: .stableDisease)],
      rules: BestResponseRules())
    let worse = PatientOutcome(
      baseline: 50,
      scans: [.init(index: 0, day: 56, millimeters: 80, response: .progressiveDisease)],
      rules: BestResponseRules())
    let control = Array(repeating: worse, count: 40) + Array(repeating: still, count: 60)
    let intervals = TransportLikelihood.intervals(
      control, Array(repeating: still, count: 100), scans: 1)
    #expect(try #require(GroupedHazardRatio(intervals: intervals).logRatio) < -4)
  }

  @Test("averages over what the control's response rate may be, and names what nobody has read")
  func mixture() async throws {
    let one = try source(Self.review.get())
    let mixed = TransportEvidence(
      "gemcitabine trial", one.summary, isVerified: false,
      backbones: [(1, try Self.review.get()), (3, try Self.higher.get())], agent: agent,
      conduct: one.conduct)
    var logs: [[Double]] = []
    for item in [one, try source(Self.higher.get()), mixed] {
      logs.append(try await posterior([item]).logLikelihoods[0])
    }
    for index in logs[0].indices {
      let expected = log((exp(logs[0][index]) + 3 * exp(logs[1][index])) / 4)
      #expect(logs[2][index].agrees(with: expected, within: 1e-12))
    }
    #expect(try await posterior([mixed]).unverified == ["gemcitabine trial"])
  }

  @Test("stops when it is canceled")
  func cancel() async throws {
    let evidence = try source(Self.review.get())
    let work = Task { try await posterior([evidence]) }
    work.cancel()
    await #expect(throws: CancellationError.self) { try await work.value }
  }

  @Test("a grid holds its prior")
  func grid() throws {
    let grid = try ImmuneEffectPrior(
      probabilityOfNoEffect: 0.4, medianPerDay: 0.005, spread: 0.8
    ).grid(effects: 101)
    #expect(grid.probabilityOfNoEffect.agrees(with: 0.4, within: 1e-14))
    #expect(grid.mean(of: grid.killsPerDay.map { _ in 1 }).agrees(with: 1, within: 1e-12))
    #expect(grid.killsPerDay[51].agrees(with: 0.005, within: 1e-12))
    #expect(grid.quantile(0.399) == 0)
    #expect(grid.quantile(0.7 - 1e-9).agrees(with: 0.005, within: 1e-12))
    #expect(grid.effectivePoints.agrees(with: 1 / (0.16 + 0.36 / 101), within: 1e-12))
  }

  @Test("another disease adds its variance to the logarithm and leaves no effect none")
  func heterogeneity() {
    #expect(ImmuneEffectGrid.carried(0, heterogeneity: 0.7) == [0])
    #expect(ImmuneEffectGrid.carried(0.004, heterogeneity: 0) == [0.004])
    let logs = ImmuneEffectGrid.carried(0.004, heterogeneity: 0.7).map { log($0) }
    let mean = logs.reduce(0, +) / Double(logs.count)
    let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count)
    #expect(mean.agrees(with: log(0.004), within: 1e-12))
    #expect(variance.agrees(with: 0.49, within: 1e-6))
  }

  @Test("alternatives of one trial are averaged, trials multiplied")
  func alternatives() async throws {
    let posterior = try await posterior([
      try source(Self.review.get()), try source(Self.higher.get()), try randomized(0.93, 0.67, 1.3),
    ])
    let logs = posterior.logLikelihoods
    let weights = posterior.prior.killsPerDay.indices.map { place in
      posterior.prior.weights[place]
        * (exp(logs[0][place]) + exp(logs[1][place])) / 2 * exp(logs[2][place])
    }
    let whole = weights.reduce(0, +)
    let effect = posterior.effect(of: [[0, 1], [2]])
    for (found, expected) in zip(effect.atFullDose.weights, weights) {
      #expect(found.agrees(with: expected / whole, within: 1e-12))
    }
    let some = zip(weights, posterior.prior.weights).dropFirst().map(\.0).reduce(0, +)
    #expect(
      try #require(posterior.bayesFactor(of: [[0, 1], [2]]))
        .agrees(with: some / weights[0], within: 1e-12), "the prior's odds are even")
  }

  @Test("a dose response is weighed by trials at different doses, and by one dose not at all")
  func doseResponse() async throws {
    func evidence(_ responders: Int, _ strengths: [Double]) throws -> TransportEvidence {
      TransportEvidence(
        "trial", .responses(responders: responders, patients: 60), isVerified: true,
        backbones: [(1, try Self.review.get())], agent: agent,
        conduct: try VirtualArmTests.conduct([84, 168]), strengths: strengths)
    }
    let flat = try await posterior([try evidence(40, [1, 1])])
    #expect(flat.effect(of: [[0]]).parts.map(\.weight) == [0.5, 0.5])
    // Many responses at full dose and few at the lower one: not a flat dose response.
    let steep = try await posterior([try evidence(40, [1, 1]), try evidence(14, [1, 0.1])])
    let effect = steep.effect(of: [[0], [1]])
    #expect(effect.parts[1].weight > 0.99)
    #expect(effect.parts[1].grid.quantile(0.5) > 0.003)
    #expect(effect.parts.map(\.weight).reduce(0, +).agrees(with: 1, within: 1e-14))
    let marginal = effect.parts.reduce(0) { $0 + $1.weight * $1.grid.weights[3] }
    #expect(effect.atFullDose.weights[3].agrees(with: marginal, within: 1e-12))
  }

  @Test("a dose's strength is that of g = d/(ED50 + d), 1 at full dose")
  func strengths() {
    let prior = DoseResponsePrior(fullDose: 30, halfDose: 6, spread: 1.5)
    #expect(prior.strengths(at: 30) == [1, 1, 1, 1, 1])
    #expect(prior.strengths(at: 0) == [0, 0, 0, 0, 0])
    #expect(prior.halfDoses[2].agrees(with: 6, within: 1e-14))
    #expect(prior.strengths(at: 2)[2].agrees(with: (2 / 8.0) / (30 / 36.0), within: 1e-14))
    // Φ⁻¹(.9) = 1.2815515655446004.
    #expect(prior.halfDoses[4].agrees(with: 6 * exp(1.5 * 1.281_551_565_544_600_4), within: 1e-12))
    #expect(zip(prior.strengths(at: 2), prior.strengths(at: 6)).allSatisfy(<))
  }

  @Test("says what cannot be weighed")
  func refusals() async throws {
    let one = try source(Self.review.get())
    let without = TransportEvidence(
      "A", one.summary, isVerified: true, backbones: [], agent: agent, conduct: one.conduct)
    await #expect(throws: TumorDynamicsError.evidenceWithoutBackbone("A")) {
      try await posterior([without])
    }
    await #expect(throws: TumorDynamicsError.impossibleSummary("randomized trial")) {
      try await posterior([try randomized(0.5, 0.6, 0.9)])
    }
    #expect(throws: TumorDynamicsError.shareOutOfRange(1.2)) {
      try ImmuneEffectPrior(probabilityOfNoEffect: 1.2).grid()
    }
  }
}
