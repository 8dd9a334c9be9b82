import Statistics
import TimeToEvent

/// One published combination's responders, predicted from its parts and beside what was seen.
struct ResponseBacktest: Sendable {
  let trial: PublishedTrial
  /// The expected rate at rank correlations of 0, the one asked for, and 0.6.
  let rates: [Double]
  /// At the correlation asked for; nil where the combination has no count.
  let limits: ClosedRange<Int>?
  let pValue: Double?

  /// Whether what was seen lies within the limits; nil where nothing was counted.
  var isCovered: Bool? {
    guard let limits, case .count(let seen) = trial.outcome else { return nil }
    return limits.contains(seen.responders)
  }

  init(_ trial: PublishedTrial, correlation: Double, level: Double) throws {
    self.trial = trial
    let (one, two) = (trial.first.count, trial.second.count)
    func null(_ correlation: Double) throws -> ResponseNull {
      .correlated(try BivariateNormal(spearman: correlation))
    }
    rates = try [0, correlation, 0.6].map { try null($0).rate(one.rate, two.rate) }
    guard case .count(let seen) = trial.outcome else {
      (limits, pValue) = (nil, nil)
      return
    }
    let prediction = CombinationPrediction(first: one, second: two, null: try null(correlation))
    let count = PredictedCount(of: seen.patients, prediction)
    limits = count.limits(level: level)
    pValue = count.pValue(seen.responders)
  }
}
