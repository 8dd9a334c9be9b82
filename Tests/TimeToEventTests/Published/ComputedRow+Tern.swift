import Foundation
import Testing

@testable import TimeToEvent

extension ComputedRow {
  /// tern's example trial in months of 30.4375 days, which is not in the repository.
  private static func sample() throws -> ReferenceSample {
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let path = package.appending(path: "../shared/data/survival/tern_ex_adtte_OS.csv")
    guard let text = try? String(contentsOf: path.standardized, encoding: .utf8) else {
      print("skipped: no \(path.lastPathComponent) beside the package")
      try Test.cancel("no \(path.lastPathComponent) beside the package")
    }
    let rows = text.split(separator: "\n").dropFirst().map {
      $0.replacing("\"", with: "").split(separator: ",").map(String.init)
    }
    return ReferenceSample(columns: [
      "time": try rows.map { .number(try #require(Double($0[2])) / 30.4375) },
      "status": rows.map { .number($0[3] == "0" ? 1 : 0) }, "arm": rows.map { .text($0[1]) },
      "sex": rows.map { .text($0[4]) }, "race": rows.map { .text($0[5]) },
    ])
  }

  private static func armB() throws -> EventTimes {
    try sample().eventTimes(where: "arm", is: "ARM B")
  }

  private static func rate(
    _ arm: String, at time: Double, _ scale: SurvivalLimits.Scale, level: Double
  ) throws -> [String: PublishedValue] {
    let point = KaplanMeier(try sample().eventTimes(where: "arm", is: arm)).point(at: time)
    let limits = try point.limits(scale, level: level)
    return [
      "at_risk": .number(Double(point.atRisk)), "rate": .number(100 * point.survival),
      "se": PublishedValue(point.standardError.map { 100 * $0 }),
      "ci": PublishedValue([limits.map { 100 * $0.lower }, limits.map { 100 * $0.upper }]),
    ]
  }

  /// Arms A and B; the ratio of hazards is A over B.
  private static func twoArms() throws -> (EventTimes, Grouping, strata: Grouping) {
    let all = try sample()
    let arms = try all.labels("arm")
    let places = arms.indices.filter { ["ARM A", "ARM B"].contains(arms[$0]) }
    let strata = try Grouping.crossing(
      ["sex", "race"].map { name in
        let labels = try all.labels(name)
        return Grouping(places.map { labels[$0] })
      })
    return (try all.eventTimes().subset(places), Grouping(places.map { arms[$0] }), strata)
  }

  private static func ofArmA(_ ties: CoxTies, isStratified: Bool) throws -> CoxCoefficient {
    let (sample, arms, strata) = try twoArms()
    return try CoxModel(
      sample, [Covariate("arm", arms, reference: 1)], strata: isStratified ? strata : nil,
      ties: ties
    ).coefficients[0]
  }

  static let tern = [
    Self("surv-041") {
      let sample = try armB()
      let curve = KaplanMeier(sample)
      let quantile = { try curve.quantile($0, conventions: .tern) }
      let range = { (isEvent: Bool) in
        let times = zip(sample.times, sample.occurred).filter { $1 == isEvent }.map(\.0)
        return PublishedValue([times.min(), times.max()])
      }
      let median = try quantile(0.5)
      return [
        "median": PublishedValue(median.time), "ci": .limits(of: median),
        "q25": PublishedValue(try quantile(0.25)), "q75": PublishedValue(try quantile(0.75)),
        "range_event": range(true), "range_cens": range(false),
      ]
    },
    Self("surv-042") {
      let curve = KaplanMeier(try armB())
      let quantile = { try curve.quantile($0, scale: .logLog, level: 0.99) }
      return [
        "ci": .limits(of: try quantile(0.5)), "q20": PublishedValue(try quantile(0.2)),
        "q80": PublishedValue(try quantile(0.8)),
      ]
    },
    Self("surv-043") { try rate("ARM B", at: 6, .plain, level: 0.95) },
    Self("surv-044") { try rate("ARM C", at: 7, .log, level: 0.99) },
    Self("surv-045") {
      let (sample, arms, _) = try twoArms()
      let test = try LogRankTest(sample, groups: arms)
      let effect = try ofArmA(.efron, isStratified: false)
      return [
        "hr": .number(effect.hazardRatio), "ci": PublishedValue(try effect.hazardRatioLimits()),
        "logrank_chi2": .number(test.statistic), "logrank_p": .number(test.pValue),
        "n": .number(Double(sample.subjects)), "events": .number(Double(sample.events)),
      ]
    },
    Self("surv-046") {
      let effect = try ofArmA(.breslow, isStratified: false)
      return [
        "hr": .number(effect.hazardRatio),
        "ci": PublishedValue(try effect.hazardRatioLimits(level: 0.9)),
        "p": .number(effect.pValue()),
      ]
    },
    Self("surv-047") {
      let (sample, arms, strata) = try twoArms()
      let test = try LogRankTest(sample, groups: arms, strata: strata)
      let effect = try ofArmA(.efron, isStratified: true)
      return [
        "hr": .number(effect.hazardRatio), "ci": PublishedValue(try effect.hazardRatioLimits()),
        "chi2": .number(test.statistic), "p": .number(test.pValue),
      ]
    },
  ]
}
