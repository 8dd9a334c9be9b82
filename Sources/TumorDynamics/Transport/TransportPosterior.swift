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
  package let posterior: ImmuneEffectGrid
  /// The logarithm of the likelihood of each effect under each summary, in the order given.
  package let logLikelihoods: [[Double]]
  /// The names of summaries nobody has read in their source.
  package let unverified: [String]

  /// Weighs the prior, on as many cores as there are.
  ///
  /// - Parameters:
  ///   - prior: The effects and their probabilities before.
  ///   - evidence: The summaries.
  ///   - patients: How many patients are simulated an arm, effect and backbone.
  ///   - seed: The same seed gives the same bits.
  /// - Throws: ``TumorDynamicsError`` for a summary that cannot be, and where there is no backbone;
  ///   `CancellationError` soon after the task was canceled.
  package init(
    prior: ImmuneEffectGrid, evidence: [TransportEvidence], patients: Int = 4_000, seed: UInt64
  ) async throws {
    guard patients >= 2 else { throw TumorDynamicsError.tooFewPatients(patients) }
    for item in evidence { try item.check() }
    let likelihoods = try evidence.map {
      try TransportLikelihood(evidence: $0, patients: patients, seed: seed)
    }
    self.prior = prior
    logLikelihoods = try await withThrowingTaskGroup(of: (Int, Int, Double).self) { group in
      for (item, likelihood) in likelihoods.enumerated() {
        for (place, kill) in prior.killsPerDay.enumerated() {
          group.addTask {
            try Task.checkCancellation()
            return (item, place, try likelihood.log(killPerDay: kill))
          }
        }
      }
      let empty = [Double](repeating: 0, count: prior.killsPerDay.count)
      var logs = [[Double]](repeating: empty, count: evidence.count)
      for try await (item, place, log) in group { logs[item][place] = log }
      return logs
    }
    posterior = prior.updated(byLogLikelihoods: Self.sums(logLikelihoods, prior))
    unverified = evidence.filter { !$0.isVerified }.map(\.name)
  }

  /// The posterior of one summary alone, or of all but one: what each of them says.
  package func posterior(using isUsed: (Int) -> Bool) -> ImmuneEffectGrid {
    let used = logLikelihoods.indices.filter(isUsed).map { logLikelihoods[$0] }
    return prior.updated(byLogLikelihoods: Self.sums(used, prior))
  }

  /// The logarithm of the likelihood of each effect under all of these summaries.
  private static func sums(_ logs: [[Double]], _ prior: ImmuneEffectGrid) -> [Double] {
    prior.killsPerDay.indices.map { index in logs.reduce(0) { $0 + $1[index] } }
  }

  /// How many times likelier the summaries are under some effect than under none (Bayes factor);
  /// nothing where the prior leaves one of the two no probability.
  package var bayesFactor: Double? {
    let none = prior.probabilityOfNoEffect
    guard none > 0, none < 1 else { return nil }
    let logs = Self.sums(logLikelihoods, prior)
    let odds = zip(logs, prior.weights).dropFirst().map { exp($0 - logs[0]) * $1 }.reduce(0, +)
    return odds / (1 - none)
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
