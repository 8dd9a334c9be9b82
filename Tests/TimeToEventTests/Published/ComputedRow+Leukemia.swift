@testable import TimeToEvent

extension ComputedRow {
  private static func sample() throws -> ReferenceSample { try .named("gehan") }

  private static func ofArm(_ arm: String) throws -> KaplanMeier {
    KaplanMeier(try sample().eventTimes(where: "arm", is: arm))
  }

  private static func logRank(_ weight: LogRankWeight = .logRank) throws -> LogRankTest {
    let data = try sample()
    return try LogRankTest(data.eventTimes(), groups: data.grouping("arm"), weight: weight)
  }

  private static func chiSquare(_ weight: LogRankWeight) throws -> [String: PublishedValue] {
    ["chi2": .number(try logRank(weight).statistic)]
  }

  /// 6-mercaptopurine against placebo (Freireich 1963).
  static let leukemia = [
    Self("surv-001") {
      let (treated, placebo) = try (ofArm("6-MP").median(), ofArm("placebo").median())
      return [
        "median_6MP": PublishedValue(treated.time), "ci_6MP": .limits(of: treated),
        "median_placebo": PublishedValue(placebo.time), "ci_placebo": .limits(of: placebo),
      ]
    },
    Self("surv-008") {
      let curve = try ofArm("6-MP")
      let limits = try zip(curve.times, curve.events).filter { $1 > 0 }.map {
        try curve.point(at: $0.0).limits(.log)
      }
      return [
        "lo": PublishedValue(limits.map { $0?.lower }),
        "hi": PublishedValue(limits.map { $0?.upper }),
      ]
    },
    Self("surv-009") {
      let test = try logRank()
      return [
        "chi2": .number(test.statistic), "p": .number(test.pValue),
        "observed": PublishedValue(test.observed), "expected": PublishedValue(test.expected),
      ]
    },
    Self("surv-010") { try chiSquare(.flemingHarrington(rho: 1, gamma: 0)) },
    Self("surv-011") { try chiSquare(.gehan) },
    Self("surv-012") { try chiSquare(.taroneWare) },
    Self("surv-015") {
      let data = try sample()
      let model = try CoxModel(
        data.eventTimes(), [Covariate("arm", data.grouping("arm"), reference: 1)], ties: .breslow)
      let effect = model.coefficients[0]
      let limits = try effect.hazardRatioLimits()
      return [
        "beta": .number(effect.estimate), "se": .number(effect.standardError),
        "hr": .number(effect.hazardRatio), "lower": .number(limits.lower),
        "upper": .number(limits.upper), "lr": .number(model.likelihoodRatioTest.statistic),
        "score": .number(model.scoreTest.statistic),
      ]
    },
  ]
}
