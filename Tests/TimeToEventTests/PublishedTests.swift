import Foundation
import Testing

@testable import TimeToEvent

/// Values printed by papers, R, lifelines and tern, at the digits they print.
struct PublishedTests {
  private func expect(
    _ ours: Double?, _ theirs: Double?, _ tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let agrees =
      if let ours, let theirs { (ours - theirs).magnitude <= tolerance } else { ours == theirs }
    #expect(agrees, "\(ours ?? .nan), not \(theirs ?? .nan)", sourceLocation: sourceLocation)
  }

  private func expect(
    _ found: SurvivalQuantile, _ theirs: [Double?], _ tolerance: Double = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (ours, theirs) in zip([found.time, found.lower, found.upper], theirs) {
      expect(ours, theirs, tolerance, sourceLocation: sourceLocation)
    }
  }

  @Test("Freireich's leukemia trial: R 4.2.2, and Kleinbaum and Klein by lifelines @ad023a01")
  func leukemia() throws {
    let data = try ReferenceSample.named("gehan")
    let (sample, groups) = try (data.eventTimes(), data.grouping("arm"))
    let curve = KaplanMeier(try data.eventTimes(where: "arm", is: "6-MP"))
    expect(try curve.median(), [23, 16, nil])
    expect(
      try KaplanMeier(data.eventTimes(where: "arm", is: "placebo")).median(), [8, 4, 12])
    let lower = [0.71981708, 0.65312422, 0.58591898, 0.5096131, 0.43939392, 0.33703662, 0.24878823]
    for (time, limit) in zip([6.0, 7, 10, 13, 16, 22, 23], lower) {
      expect(try curve.point(at: time).limits(.log)?.lower, limit, 1e-7)
    }
    let statistic = { (weight: LogRankWeight) in
      try LogRankTest(sample, groups: groups, weight: weight).statistic
    }
    expect(try statistic(.logRank), 16.792941, 1e-6)
    // Two meanings of Peto: R's and SAS's.
    expect(try statistic(.flemingHarrington(rho: 1, gamma: 0)), 14.45715, 1e-4)
    expect(try statistic(.petoPeto), 14.08, 0.005)
    expect(try statistic(.gehan), 13.457852, 1e-5)
    expect(try statistic(.taroneWare), 15.123575, 1e-5)
    let model = try CoxModel(
      sample, [Covariate("arm", groups, reference: 1)], ties: .breslow)
    expect(model.coefficients[0].estimate, -1.509191, 1e-6)
    expect(model.coefficients[0].standardError, 0.4095644, 1e-6)
    expect(try model.coefficients[0].hazardRatioLimits().upper, 0.4933877, 1e-6)
    expect(model.likelihoodRatioTest.statistic, 15.21086, 1e-5)
    expect(model.scoreTest.statistic, 15.93054, 1e-5)
  }

  @Test("medians and follow-up of published trials: R 4.2.2 and therneau/survival @a2533a92")
  func medians() throws {
    let aml = try ReferenceSample.named("aml")
    expect(
      try KaplanMeier(aml.eventTimes(where: "x", is: "Maintained")).median(scale: .plain),
      [31, 18, 48])
    expect(
      try KaplanMeier(aml.eventTimes(where: "x", is: "Nonmaintained")).median(scale: .plain),
      [23, 8, 33])
    let lung = try ReferenceSample.named("lung")
    let men = KaplanMeier(try lung.eventTimes(where: "sex", is: "1"))
    expect(try men.median(), [270, 212, 310])
    expect(try men.median(scale: .logLog), [270, 210, 306])
    let women = KaplanMeier(try lung.eventTimes(where: "sex", is: "2"))
    expect(try women.median(), [426, 348, 550])
    expect(try women.median(scale: .logLog), [426, 345, 524])
    expect(try KaplanMeier(lung.eventTimes().followUp).median(), [588, 511, 1010])
    let known = try lung.complete(["ph.ecog"])
    expect(try KaplanMeier(known.eventTimes(where: "ph.ecog", is: "1")).median(), [306, 268, 429])
    expect(try KaplanMeier(known.eventTimes(where: "ph.ecog", is: "2")).median(), [199, 156, 288])
  }

  @Test("a log-rank test with censoring: lifelines @ad023a01 by R")
  func withCensoring() throws {
    let test = try LogRankTest(
      EventTimes(
        times: [10, 20, 30, 10, 20, 50], occurred: [true, false, true, true, false, true]),
      groups: Grouping(["1", "1", "1", "0", "0", "0"]))
    expect(test.statistic, 0.384615, 1e-6)
    expect(test.pValue, 0.535143, 1e-6)
  }

  @Test("tern's survival of its example trial: tern @eab2bd71, in months of 30.4375 days")
  func tern() throws {
    let path = "../shared/data/survival/tern_ex_adtte_OS.csv"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      print("\(path) is not there: skipped")
      return
    }
    let rows = text.split(separator: "\n").dropFirst().map {
      $0.replacing("\"", with: "").split(separator: ",").map(String.init)
    }
    let months = try rows.map { try #require(Double($0[2])) / 30.4375 }
    let sample = try EventTimes(times: months, occurred: rows.map { $0[3] == "0" })
    let arm = { (name: String) in try sample.subset(rows.indices.filter { rows[$0][1] == name }) }
    let curve = KaplanMeier(try arm("ARM B"))
    expect(
      try curve.quantile(0.5, conventions: .tern), [23.91143, 18.25878, 32.85945], 1e-5)
    expect(
      try curve.quantile(0.25, conventions: .tern), [9.822926, 5.628823, 16.690121], 1e-5)
    expect(
      try curve.quantile(0.2, scale: .logLog, level: 0.99), [6.649204, 1.88786, 12.771697], 1e-5)
    expect(try curve.quantile(0.8, scale: .logLog, level: 0.99), [51.09487, 37.97055, nil], 1e-5)
    let point = curve.point(at: 6)
    #expect(point.atRisk == 60)
    expect(point.survival, 0.8219178, 1e-7)
    expect(try point.limits(.plain)?.lower, 0.7341549, 1e-7)
    let late = KaplanMeier(try arm("ARM C")).point(at: 7)
    expect(try late.limits(.log, level: 0.99)?.upper, 0.9170097, 1e-7)
    try expectComparison(sample, rows)
  }

  private func expectComparison(_ whole: EventTimes, _ rows: [[String]]) throws {
    let places = rows.indices.filter { ["ARM A", "ARM B"].contains(rows[$0][1]) }
    let sample = try whole.subset(places)
    let arms = Grouping(places.map { rows[$0][1] })
    let covariate = try Covariate("arm", arms)
    let test = try LogRankTest(sample, groups: arms)
    // tern takes arm B as the reference of its ratio, and the model's first arm is A.
    let model = try CoxModel(sample, [Covariate("arm", arms, reference: 1)])
    expect(test.statistic, 2.865544, 1e-6)
    expect(test.pValue, 0.09049511, 1e-8)
    let ratio = model.coefficients[0].hazardRatio
    #expect(min((ratio - 0.7108557).magnitude, (1 / ratio - 0.7108557).magnitude) < 1e-6)
    let strata = try Grouping.crossing(
      [4, 5].map { column in
        Grouping(places.map { rows[$0][column] })
      })
    let stratified = try LogRankTest(sample, groups: arms, strata: strata)
    expect(stratified.statistic, 4.390702, 1e-6)
    expect(stratified.pValue, 0.03613543, 1e-8)
    let adjusted = try CoxModel(sample, [covariate], strata: strata).coefficients[0].hazardRatio
    #expect(min((adjusted - 0.6251817).magnitude, (1 / adjusted - 0.6251817).magnitude) < 1e-6)
  }
}
