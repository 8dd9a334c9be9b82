internal import Glibc

/// Immune kills *KI* at full dose with their probabilities; the first is no effect.
package struct ImmuneEffectGrid: Sendable, Hashable {
  /// Per day, in ascending order from 0.
  package let killsPerDay: [Double]
  /// They add to 1.
  package let weights: [Double]

  init(killsPerDay: [Double], weights: [Double]) {
    let order = killsPerDay.indices.sorted { killsPerDay[$0] < killsPerDay[$1] }
    let whole = weights.reduce(0, +)
    self.killsPerDay = order.map { killsPerDay[$0] }
    self.weights = order.map { weights[$0] / whole }
  }

  /// No effect, for certain.
  package static let none = Self(killsPerDay: [0], weights: [1])

  package var probabilityOfNoEffect: Double { weights[0] }

  /// The effects there are, if there is any; nothing where there is none for certain.
  package var ifAny: Self? {
    let present = weights.dropFirst().reduce(0, +)
    guard present > 0 else { return nil }
    return Self(killsPerDay: killsPerDay, weights: [0] + weights.dropFirst())
  }

  /// The mean of something that depends on *KI*, one value for each.
  package func mean(of values: [Double]) -> Double {
    zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The smallest *KI* with at least this probability at or below it.
  package func quantile(_ probability: Double) -> Double {
    var below = 0.0
    for (kill, weight) in zip(killsPerDay, weights) {
      below += weight
      if below >= probability { return kill }
    }
    return killsPerDay[killsPerDay.count - 1]
  }

  /// How many equally weighted points say as much: 1/Σ *w*².
  package var effectivePoints: Double { 1 / weights.reduce(0) { $0 + $1 * $1 } }

  /// Weighs every *KI* by how likely it made what was seen.
  func updated(byLogLikelihoods logs: [Double]) -> Self {
    let most = logs.max() ?? 0
    return Self(
      killsPerDay: killsPerDay,
      weights: zip(weights, logs).map { $0 * exp($1 - most) })
  }

  /// The effect where it is so many times as strong.
  func scaled(by strength: Double) -> Self {
    Self(killsPerDay: killsPerDay.map { $0 * strength }, weights: weights)
  }

  /// What one effect may be in another disease, each value as probable: ln *KI* differs by a normal
  /// deviate of standard deviation τ; no effect stays none.
  ///
  /// τ is not known from one disease: declare it and sweep it. Seven quantiles stand for the normal
  /// distribution.
  static func carried(_ killPerDay: Double, heterogeneity: Double) -> [Double] {
    guard killPerDay > 0, heterogeneity > 0 else { return [killPerDay] }
    return deviates.map { killPerDay * exp(heterogeneity * $0) }
  }

  /// The means of seven parts of a standard normal variable of equal probability, scaled to
  /// variance 1.
  private static let deviates = [
    -1.634_048_717, -0.827_437_173, -0.381_093_841, 0, 0.381_093_841, 0.827_437_173,
    1.634_048_717,
  ]
}
