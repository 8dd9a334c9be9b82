@testable import TimeToEvent

extension ComputedRow {
  private static func fitted(_ names: [String]) throws -> CoxModel {
    let data = try ReferenceSample.named("ovarian")
    return try CoxModel(data.eventTimes(), names.map(data.covariate))
  }

  /// Two treatments of ovarian cancer (Edmunson 1979).
  static let ovarian = [
    Self("surv-032") {
      let curve = KaplanMeier(try ReferenceSample.named("ovarian").eventTimes())
      let times = zip(curve.times, curve.events).filter { $1 > 0 }.map(\.0)
      let points = times.map { curve.point(at: $0) }
      return [
        "t": PublishedValue(times), "S": PublishedValue(points.map(\.survival)),
        "se": PublishedValue(points.map(\.standardError)),
      ]
    },
    Self("surv-033") {
      let model = try fitted(["age"])
      let effect = model.coefficients[0]
      return [
        "beta": .number(effect.estimate), "se": .number(effect.standardError),
        "z": .number(effect.statistic), "lr": .number(model.likelihoodRatioTest.statistic),
      ]
    },
    Self("surv-034") {
      let model = try fitted(["age", "resid.ds", "rx"])
      return [
        "beta": PublishedValue(model.coefficients.map(\.estimate)),
        "se": PublishedValue(model.coefficients.map(\.standardError)),
        "lr": .number(model.likelihoodRatioTest.statistic),
      ]
    },
  ]
}
