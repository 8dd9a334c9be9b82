@testable import TimeToEvent

extension ComputedRow {
  private static func median(_ arm: String) throws -> SurvivalQuantile {
    let data = try ReferenceSample.named("aml")
    return try KaplanMeier(data.eventTimes(where: "x", is: arm)).median(scale: .plain)
  }

  private static func fitted(_ ties: CoxTies) throws -> [String: PublishedValue] {
    let data = try ReferenceSample.named("aml")
    let model = try CoxModel(data.eventTimes(), [data.covariate("x")], ties: ties)
    return [
      "beta": .number(model.coefficients[0].estimate),
      "se": .number(model.coefficients[0].standardError),
      "lr": .number(model.likelihoodRatioTest.statistic),
    ]
  }

  /// Maintained against nonmaintained chemotherapy (Miller 1981).
  static let maintenance = [
    Self("surv-021") {
      let (maintained, other) = try (median("Maintained"), median("Nonmaintained"))
      return [
        "median_maint": PublishedValue(maintained.time), "ci_maint": .limits(of: maintained),
        "median_non": PublishedValue(other.time), "ci_non": .limits(of: other),
      ]
    },
    Self("surv-022") { try fitted(.efron) },
    Self("surv-023") { try fitted(.breslow) },
    Self("surv-024") { try fitted(.exact) },
  ]
}
