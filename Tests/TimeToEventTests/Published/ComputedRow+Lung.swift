@testable import TimeToEvent

extension ComputedRow {
  private static func sample() throws -> ReferenceSample { try .named("lung") }

  private static func curve(sex: String) throws -> KaplanMeier {
    KaplanMeier(try sample().eventTimes(where: "sex", is: sex))
  }

  private static func medians(_ scale: SurvivalLimits.Scale) throws -> PublishedValue {
    .table([
      "m": PublishedValue(try curve(sex: "1").median(scale: scale)),
      "f": PublishedValue(try curve(sex: "2").median(scale: scale)),
    ])
  }

  private static func ofSex(_ ties: CoxTies) throws -> CoxCoefficient {
    let data = try sample()
    return try CoxModel(data.eventTimes(), [data.covariate("sex")], ties: ties).coefficients[0]
  }

  private static func median(performance: String) throws -> PublishedValue {
    let known = try sample().complete(["ph.ecog"])
    return PublishedValue(
      try KaplanMeier(known.eventTimes(where: "ph.ecog", is: performance)).median())
  }

  /// Advanced lung cancer (Loprinzi 1994).
  static let lung = [
    Self("surv-027") {
      let data = try sample()
      let test = try LogRankTest(data.eventTimes(), groups: data.grouping("sex"))
      return ["chi2": .number(test.statistic), "p": .number(test.pValue)]
    },
    Self("surv-028") { ["log": try medians(.log), "loglog": try medians(.logLog)] },
    Self("surv-029") {
      let effect = try ofSex(.efron)
      return [
        "efron": .number(effect.estimate),
        "breslow": .number(try ofSex(.breslow).estimate),
        "hr": .number(effect.hazardRatio), "ci": PublishedValue(try effect.hazardRatioLimits()),
      ]
    },
    Self("surv-030") {
      let found = try KaplanMeier(sample().eventTimes().followUp).median()
      return ["median": PublishedValue(found.time), "ci": .limits(of: found)]
    },
    Self("surv-031") {
      ["ecog1": try median(performance: "1"), "ecog2": try median(performance: "2")]
    },
  ]
}
