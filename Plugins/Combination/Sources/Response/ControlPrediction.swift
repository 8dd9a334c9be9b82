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
      let counts = try (0...settings.patients).map { responders in
        shape.probability(
          of: try ResponseCount(responders: responders, patients: settings.patients))
      }
      responders = Self.middle(of: counts, settings.level)
      return
    }
    func rate(_ null: ResponseNull) throws -> Rate {
      let prediction = CombinationPrediction(first: arm.count, second: agent, null: null)
      let (lower, upper) = try prediction.interval(level: settings.level)
      return Rate(mean: prediction.mean, lower: lower, upper: upper)
    }
    highest = try rate(.highestSingleAgent)
    // No limits: every point of its distribution function is a root in every node of an integral.
    correlated =
      CombinationPrediction(
        first: arm.count, second: agent,
        null: .correlated(try BivariateNormal(correlation: settings.correlation))
      ).mean
    bliss = try rate(.bliss)
    let prediction = CombinationPrediction(first: arm.count, second: agent, null: .bliss)
    responders = Self.middle(
      of: prediction.predictedCounts(of: settings.patients), settings.level)
  }

  /// The counts that are left when each tail is cut off at half of what the level leaves out.
  private static func middle(of probabilities: [Double], _ level: Double) -> ClosedRange<Int> {
    var sum = 0.0
    var (lower, upper) = (probabilities.count - 1, probabilities.count - 1)
    for (count, probability) in probabilities.enumerated() {
      sum += probability
      if sum > (1 - level) / 2 { lower = min(lower, count) }
      if sum >= (1 + level) / 2 {
        upper = count
        break
      }
    }
    return min(lower, upper)...upper
  }
}
