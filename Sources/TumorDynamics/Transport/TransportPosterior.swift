internal import Glibc

/// What published summaries say of the immune effect, to be carried to another chemotherapy.
///
/// A deterministic grid of effects, no effect among them, is weighed by the likelihood of every
/// summary under simulated patients. Assumed: additive kill on a calibrated chemotherapy; the
/// effect's spread between patients, its correlation with the chemotherapy's and the timing of the
/// immune signal, none of which anything published identifies; the prior and its spike; and that
/// the summaries are independent given the effect and concern one effect at full dose. Fitted: the
/// effect alone. A trial that was weighed here was fitted, and never counts as predicted.
package struct TransportPosterior: Sendable {
  package let prior: ImmuneEffectGrid
  /// The logarithm of the likelihood of each effect at the trial's own dose, in the order given.
  package let logLikelihoods: [[Double]]
  /// The names of summaries nobody has read in their source.
  package let unverified: [String]
  private let evidence: [TransportEvidence]
  private let doseResponses: Int

  /// Weighs the prior, on as many cores as there are.
  ///
  /// - Parameters:
  ///   - prior: The effects and their probabilities before.
  ///   - evidence: The summaries.
  ///   - doseResponses: How many dose responses may be true.
  ///   - patients: How many patients are simulated an arm, effect and backbone.
  ///   - seed: The same seed gives the same bits.
  /// - Precondition: Every summary has as many strengths as there are dose responses.
  /// - Throws: ``TumorDynamicsError`` for a summary that cannot be, and where there is no backbone;
  ///   `CancellationError` soon after the task was canceled.
  package init(
    prior: ImmuneEffectGrid, evidence: [TransportEvidence], doseResponses: Int = 1,
    patients: Int = 4_000, seed: UInt64
  ) async throws {
    guard patients >= 2 else { throw TumorDynamicsError.tooFewPatients(patients) }
    for item in evidence { try item.check() }
    precondition(
      evidence.allSatisfy { $0.strengths.count == doseResponses },
      "a strength for each dose response")
    let likelihoods = try evidence.map {
      try TransportLikelihood(evidence: $0, patients: patients, seed: seed)
    }
    self.prior = prior
    self.evidence = evidence
    self.doseResponses = doseResponses
    logLikelihoods = try await withThrowingTaskGroup(of: (Int, Int, Double).self) { group in
      for (item, likelihood) in likelihoods.enumerated() {
        for (place, kill) in prior.killsPerDay.enumerated() {
          group.addTask {
            try Task.checkCancellation()
            return (item, place, likelihood.log(killPerDay: kill))
          }
        }
      }
      let empty = [Double](repeating: 0, count: prior.killsPerDay.count)
      var logs = [[Double]](repeating: empty, count: evidence.count)
      for try await (item, place, log) in group { logs[item][place] = log }
      return logs
    }
    unverified = evidence.filter { !$0.isVerified }.map(\.name)
  }

  /// *KI* at full dose under every summary.
  package var posterior: ImmuneEffectGrid { posterior { _ in true } }

  /// The posterior of one summary alone, or of all but one: what each of them says.
  package func posterior(using isUsed: (Int) -> Bool) -> ImmuneEffectGrid {
    effect(of: evidence.indices.filter(isUsed).map { [$0] }).atFullDose
  }

  /// The effect and its dose response under some trials.
  ///
  /// - Parameters:
  ///   - trials: The summaries of each trial, by their place. Several of one trial are alternatives,
  ///     of which one is true and each is as probable, such as one result against different controls.
  ///   - other: Another prior; beyond the strongest effect of the one that was weighed, likelihoods
  ///     stay as they are there.
  /// - Returns: For each dose response how probable it is, and the effect given it.
  package func effect(of trials: [[Int]], prior other: ImmuneEffectGrid? = nil) -> ImmuneEffect {
    let prior = other ?? self.prior
    let logs = sums(trials, prior)
    let scales = logs.map { $0.max() ?? 0 }
    let most = scales.max() ?? 0
    return ImmuneEffect(
      zip(logs, scales).map { logs, scale in
        let likelihood = prior.mean(of: logs.map { exp($0 - scale) })
        return (likelihood * exp(scale - most), prior.updated(byLogLikelihoods: logs))
      })
  }

  /// For each dose response the logarithm of the likelihood of each effect under all these trials.
  private func sums(_ trials: [[Int]], _ prior: ImmuneEffectGrid) -> [[Double]] {
    (0..<doseResponses).map { response in
      prior.killsPerDay.map { kill in
        trials.reduce(0) { $0 + alternatives($1, at: kill, response) }
      }
    }
  }

  /// The logarithm of the mean likelihood of a trial's alternatives.
  private func alternatives(_ items: [Int], at killPerDay: Double, _ response: Int) -> Double {
    let logs = items.map { item in
      EffectCurve(killsPerDay: self.prior.killsPerDay, values: logLikelihoods[item])
        .value(at: killPerDay * evidence[item].strengths[response])
    }
    guard let most = logs.max() else { return 0 }
    return most + log(logs.reduce(0) { $0 + exp($1 - most) } / Double(logs.count))
  }

  /// How many times likelier the summaries are under some effect than under none (Bayes factor);
  /// nothing where the prior leaves one of the two no probability.
  package var bayesFactor: Double? { bayesFactor(of: evidence.indices.map { [$0] }) }

  /// The same of some trials.
  package func bayesFactor(of trials: [[Int]]) -> Double? {
    let none = prior.probabilityOfNoEffect
    guard none > 0, none < 1 else { return nil }
    let responses = sums(trials, prior)
    let odds = responses.map { logs in
      zip(logs, prior.weights).dropFirst().map { exp($0 - logs[0]) * $1 }.reduce(0, +)
    }
    return odds.reduce(0, +) / Double(responses.count) / (1 - none)
  }
}

extension TransportEvidence {
  func check() throws(TumorDynamicsError) {
    guard !backbones.isEmpty, backbones.allSatisfy({ $0.weight > 0 }) else {
      throw .evidenceWithoutBackbone(name)
    }
    let isPossible =
      switch summary {
      case .responses(let responders, let patients):
        patients > 0 && (0...patients).contains(responders)
      case .hazardRatio(let ratio, let lower, let upper):
        lower > 0 && lower < ratio && ratio < upper && upper.isFinite
      }
    guard isPossible else { throw .impossibleSummary(name) }
  }
}
