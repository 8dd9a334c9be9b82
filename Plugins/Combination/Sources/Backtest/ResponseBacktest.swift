import Statistics
import TimeToEvent

/// One published combination's responders, predicted from its parts and beside what was seen.
struct ResponseBacktest: Sendable {
  let trial: PublishedTrial
  /// The expected rate at rank correlations of 0, the one asked for, and 0.6.
  let rates: [Double]
  /// At the correlation asked for; nil where the combination has no count.
  let predicted: PredictedCount?
  let limits: (lower: Int, upper: Int)?
  let pValue: Double?

  /// Whether what was seen lies within the limits; nil where nothing was counted.
  var isCovered: Bool? {
    guard let limits, case .count(let seen) = trial.outcome else { return nil }
    return (limits.lower...limits.upper).contains(seen.responders)
  }

  init(_ trial: PublishedTrial, correlation: Double, level: Double) throws {
    self.trial = trial
    let (one, two) = (trial.first.count, trial.second.count)
    func null(_ correlation: Double) throws -> ResponseNull {
      .correlated(try BivariateNormal(spearman: correlation))
    }
    rates = try [0, correlation, 0.6].map { try null($0).rate(one.rate, two.rate) }
    guard case .count(let seen) = trial.outcome else {
      (predicted, limits, pValue) = (nil, nil, nil)
      return
    }
    let count = PredictedCount(one, two, null: try null(correlation), patients: seen.patients)
    predicted = count
    limits = count.limits(level: level)
    pValue = count.pValue(seen.responders)
  }
}
