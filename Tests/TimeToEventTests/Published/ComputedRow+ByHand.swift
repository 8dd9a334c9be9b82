@testable import TimeToEvent

extension ComputedRow {
  private static func fitted(_ ties: CoxTies) throws -> CoxModel {
    let sample = try EventTimes(
      times: [9, 1, 1, 6, 6, 8], occurred: [true, true, false, true, true, false])
    return try CoxModel(sample, [Covariate("x", [0, 1, 1, 1, 0, 0])], ties: ties)
  }

  private static func values(_ model: CoxModel) -> [String: PublishedValue] {
    [
      "beta": .number(model.coefficients[0].estimate),
      "loglik0": .number(model.nullLogLikelihood), "loglik": .number(model.logLikelihood),
    ]
  }

  /// Six subjects worked out on paper (Therneau and Grambsch 2000, appendix E), and the six of
  /// lifelines' test of the log-rank.
  static let byHand = [
    Self("surv-035") {
      let model = try fitted(.breslow)
      let null = model.fit.null
      let step = Elimination(null.information).solve(null.score)[0] / model.design.scales[0]
      return values(model).merging(["beta_iter1": .number(step)]) { $1 }
    },
    Self("surv-036") { values(try fitted(.efron)) },
    Self("surv-040") {
      let test = try LogRankTest(
        EventTimes(
          times: [10, 20, 30, 10, 20, 50], occurred: [true, false, true, true, false, true]),
        groups: Grouping(["1", "1", "1", "0", "0", "0"]))
      return ["chi2": .number(test.statistic), "p": .number(test.pValue)]
    },
  ]
}
