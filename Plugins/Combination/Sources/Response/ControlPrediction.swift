import PluginKit
import Statistics

/// What one published arm of a backbone makes of the combination's response rate.
struct ControlPrediction: Sendable {
  /// A posterior in three numbers.
  struct Rate: Sendable {
    let mean: Double
    let lower: Double
    let upper: Double
  }

  let arm: PublishedArm
  let alone: Rate
  /// Under the better part alone, correlated action and independence; without an agent absent.
  let highest: Rate?
  let correlated: Double?
  let bliss: Rate?
  /// Responders of new patients, the middle of the predictive distribution.
  let responders: ClosedRange<Int>

  init(
    _ arm: PublishedArm, with agent: ResponseCount?, _ settings: PredictionSettings
  ) throws {
    self.arm = arm
    let shape = BetaShape.jeffreys.updated(by: arm.count)
    let tails = ((1 - settings.level) / 2, (1 + settings.level) / 2)
    alone = Rate(
      mean: shape.mean, lower: shape.quantile(tails.0), upper: shape.quantile(tails.1))
    guard let agent else {
      (highest, correlated, bliss) = (nil, nil, nil)
      responders = PredictedCount(of: settings.patients, shape).limits(level: settings.level)
      return
    }
    func prediction(_ null: ResponseNull) -> CombinationPrediction {
      CombinationPrediction(first: arm.count, second: agent, null: null)
    }
    func rate(_ prediction: CombinationPrediction) throws -> Rate {
      let (lower, upper) = try prediction.interval(level: settings.level)
      return Rate(mean: prediction.mean, lower: lower, upper: upper)
    }
    let independent = prediction(.bliss)
    highest = try rate(prediction(.highestSingleAgent))
    // No limits: every point of its distribution function is a root in every node of an integral.
    correlated =
      prediction(.correlated(try BivariateNormal(correlation: settings.correlation))).mean
    bliss = try rate(independent)
    responders = PredictedCount(of: settings.patients, independent).limits(level: settings.level)
  }
}
