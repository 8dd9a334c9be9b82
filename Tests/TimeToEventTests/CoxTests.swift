import ReferenceTesting
import Testing

@testable import TimeToEvent

struct CoxTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let sample: String
    let covariates: [String]
    let strata: String?
    let ties: CoxTies
    let coefficients: [Double]
    let covariance: [[Double]]
    let loglik, hazardRatio, lower, upper, p: [Double]
    let likelihoodRatio, wald, score: Double
    let df: Int
    let km, identity, rank: [Double]
    let log: [Double]?
    let zphDegrees: [Int]

    var testDescription: String {
      "\(sample) \(covariates.joined(separator: "+")) \(strata ?? "") \(ties.rawValue)"
    }

    func model() throws -> CoxModel {
      let data = try ReferenceSample.named(sample).complete(
        covariates + (strata.map { [$0] } ?? []))
      return try CoxModel(
        data.eventTimes(), covariates.map(data.covariate), strata: strata.map(data.grouping),
        ties: ties)
    }
  }

  static let table = Result { try ReferenceTable<Row>.load("cox", in: .module) }

  @Test("models agree with R", arguments: try table.get().rows)
  func agreesWithR(row: Row) throws {
    let tolerance = try Self.table.get().relativeTolerance
    let model = try row.model()
    #expect(model.nullLogLikelihood.agrees(with: row.loglik[0], within: 1e-12))
    #expect(model.logLikelihood.agrees(with: row.loglik[1], within: 1e-12))
    #expect(
      model.likelihoodRatioTest.statistic.agrees(with: row.likelihoodRatio, within: tolerance))
    #expect(model.likelihoodRatioTest.degreesOfFreedom == row.df)
    #expect(model.waldTest.statistic.agrees(with: row.wald, within: tolerance))
    #expect(model.scoreTest.statistic.agrees(with: row.score, within: tolerance))
    for (ours, theirs) in zip(model.covariance.joined(), row.covariance.joined()) {
      #expect(ours.agrees(with: theirs, within: 10 * tolerance))
    }
    for (index, coefficient) in model.coefficients.enumerated() {
      let limits = try coefficient.hazardRatioLimits()
      #expect(coefficient.estimate.agrees(with: row.coefficients[index], within: tolerance))
      #expect(coefficient.hazardRatio.agrees(with: row.hazardRatio[index], within: tolerance))
      #expect(limits.lower.agrees(with: row.lower[index], within: tolerance))
      #expect(limits.upper.agrees(with: row.upper[index], within: tolerance))
      #expect(coefficient.pValue().agrees(with: row.p[index], within: 10 * tolerance))
    }
  }

  @Test("tests of proportional hazards agree with R's cox.zph", arguments: try table.get().rows)
  func proportionalHazards(row: Row) throws {
    let model = try row.model()
    let expected: [(ProportionalHazardsTest.Transform, [Double]?)] = [
      (.kaplanMeier, row.km), (.identity, row.identity), (.rank, row.rank), (.log, row.log),
    ]
    for case (let transform, let theirs?) in expected {
      let found = try model.proportionalHazardsTest(transform)
      let ours = found.terms.map(\.test) + [found.global]
      #expect(found.terms.map(\.name) == row.covariates)
      #expect(ours.map(\.degreesOfFreedom) == row.zphDegrees)
      for (one, other) in zip(ours, theirs) {
        #expect(one.statistic.agrees(with: other, within: 1e-8), "\(transform)")
      }
    }
  }

  @Test("a model by hand: Therneau and Grambsch's six subjects")
  func byHand() throws {
    let sample = try EventTimes(
      times: [9, 1, 1, 6, 6, 8], occurred: [true, true, false, true, true, false])
    let x = try Covariate("x", [0, 1, 1, 1, 0, 0])
    let breslow = try CoxModel(sample, [x], ties: .breslow)
    // β is log of the root of r² − 3r − 6; the rest is in the appendix of Modeling Survival Data.
    let expected = ((3 + 33.0.squareRoot()) / 2)
    #expect(breslow.coefficients[0].hazardRatio.agrees(with: expected, within: 1e-13))
    #expect((breslow.nullLogLikelihood - -4.564348191).magnitude < 5e-10)
    #expect((breslow.logLikelihood - -3.824749505).magnitude < 5e-10)
    let efron = try CoxModel(sample, [x], ties: .efron)
    #expect((efron.coefficients[0].estimate - 1.676857486).magnitude < 5e-10)
    #expect((efron.nullLogLikelihood - -4.276666119).magnitude < 5e-10)
    #expect((efron.logLikelihood - -3.35897484).magnitude < 5e-9)
  }

  @Test("the score test of two groups with the exact likelihood is the log-rank test")
  func scoreIsLogRank() throws {
    for name in ["gehan", "tied", "months"] {
      let sample = try ReferenceSample.named(name)
      let groups = try sample.grouping("arm")
      let model = try CoxModel(
        sample.eventTimes(), [Covariate("arm", groups)], ties: .exact)
      let test = try LogRankTest(sample.eventTimes(), groups: groups)
      #expect(model.scoreTest.statistic.agrees(with: test.statistic, within: 1e-12))
    }
  }

  @Test(
    "refuses a likelihood without a maximum and names the covariate", arguments: CoxTies.allCases)
  func monotone(ties: CoxTies) throws {
    let sample = try EventTimes(
      times: [1, 2, 3, 4, 5, 6, 7, 8],
      occurred: [true, true, true, true, false, false, false, false])
    let arm = try Covariate("arm", [1, 1, 1, 1, 0, 0, 0, 0])
    let age = try Covariate("age", [3, 1, 4, 1, 5, 9, 2, 6])
    #expect(throws: TimeToEventError.infiniteCoefficient("arm", rises: true)) {
      try CoxModel(sample, [age, arm], ties: ties)
    }
    let reversed = try Covariate("arm", [0, 0, 0, 0, 1, 1, 1, 1])
    #expect(throws: TimeToEventError.infiniteCoefficient("arm", rises: false)) {
      try CoxModel(sample, [reversed], ties: ties)
    }
  }

  @Test("a large hazard ratio is not taken for an infinite one")
  func large() throws {
    // One event among the many controls, after nearly all of the treated have had theirs.
    let times = (1...400).map(Double.init)
    let treated = (1...400).map { $0 <= 199 || $0 == 400 ? 1.0 : 0.0 }
    let occurred = (1...400).map { $0 <= 200 }
    let model = try CoxModel(
      EventTimes(times: times, occurred: occurred), [Covariate("arm", treated)])
    #expect(model.coefficients[0].estimate > 4)
  }

  @Test("refuses columns that say nothing, by name")
  func uselessColumns() throws {
    let sample = try EventTimes(times: [1, 2, 3, 4], occurred: [true, true, true, false])
    let x = try Covariate("x", [1, 2, 1, 3])
    #expect(throws: TimeToEventError.constantColumn("c")) {
      try CoxModel(sample, [x, Covariate("c", [2, 2, 2, 2])])
    }
    #expect(throws: TimeToEventError.dependentColumn("y")) {
      try CoxModel(sample, [x, Covariate("y", [3, 5, 3, 7])])
    }
    #expect(throws: TimeToEventError.dependentColumn("s")) {
      try CoxModel(
        sample, [Covariate("s", [0, 0, 1, 1])], strata: Grouping(["a", "a", "b", "b"]))
    }
    #expect(throws: TimeToEventError.unusableCovariate("z", value: .infinity, index: 1)) {
      try Covariate("z", [1, .infinity])
    }
    #expect(throws: TimeToEventError.noCovariates) { try CoxModel(sample, []) }
    #expect(throws: TimeToEventError.noEvents) {
      try CoxModel(EventTimes(times: [1, 2], occurred: [false, false]), [x])
    }
    #expect(throws: TimeToEventError.constantColumn("x")) {
      try CoxModel(EventTimes(times: [1], occurred: [true]), [Covariate("x", [1])])
    }
  }

  @Test("units of covariates change coefficients and nothing else")
  func units() throws {
    let data = try ReferenceSample.named("ovarian")
    let years = try CoxModel(data.eventTimes(), [data.covariate("age")])
    let days = try CoxModel(
      data.eventTimes(), [Covariate("age", data.numbers("age").map { $0 * 365.25 + 1e6 })])
    #expect(days.logLikelihood.agrees(with: years.logLikelihood, within: 1e-12))
    #expect(
      (days.coefficients[0].estimate * 365.25)
        .agrees(with: years.coefficients[0].estimate, within: 1e-8))
  }
}
