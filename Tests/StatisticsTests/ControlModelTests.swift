import ReferenceTesting
import Testing

@testable import Statistics

struct ControlModelTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    var controls: [[Int]]
    var treated: [Int]
    var logit, standardError, tauSquared, q, statistic, pValue, mean, overdispersion: Double
    var interval, prediction: [Double]

    var testDescription: String { "\(controls)" }

    var counts: [ResponseCount] {
      get throws { try controls.map { try ResponseCount(responders: $0[0], patients: $0[1]) } }
    }
  }

  static let reference = Result { try ReferenceTable<Row>.load("control-models", in: .module) }

  @Test("random effects agree with mpmath", arguments: try reference.get().rows)
  func randomEffects(row: Row) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    let effects = try RandomEffects(row.counts)
    let test = effects.test(
      try ResponseCount(responders: row.treated[0], patients: row.treated[1]))
    let (interval, prediction) = (
      try effects.interval(level: 0.95), try effects.predictionInterval(level: 0.95)
    )
    let pairs = [
      (effects.logit, row.logit), (effects.standardError, row.standardError),
      (effects.tauSquared, row.tauSquared), (effects.q, row.q),
      (test.statistic ?? .nan, row.statistic), (test.pValue, row.pValue),
      (interval.lower, row.interval[0]), (interval.upper, row.interval[1]),
      (prediction.lower, row.prediction[0]), (prediction.upper, row.prediction[1]),
    ]
    for (ours, theirs) in pairs {
      #expect(ours.agrees(with: theirs, within: tolerance), "\(ours) v \(theirs)")
    }
  }

  @Test("the beta-binomial maximum agrees with mpmath", arguments: try reference.get().rows)
  func betaBinomial(row: Row) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    let model = try BetaBinomialModel(row.counts)
    #expect(model.mean.agrees(with: row.mean, within: tolerance))
    #expect(model.overdispersion.agrees(with: row.overdispersion, within: tolerance))
    let shape = try model.predictive()
    #expect(shape.mean.agrees(with: model.mean, within: 1e-12))
    let between = model.overdispersion * model.mean * (1 - model.mean)
    let variance = between + model.standardError * model.standardError
    #expect(shape.variance.agrees(with: variance, within: 1e-11))
  }

  @Test("one-sided p-values of the random-effects test are complements")
  func sides() throws {
    for row in try Self.reference.get().rows {
      let effects = try RandomEffects(row.counts)
      let treated = try ResponseCount(responders: 4, patients: 9)
      let (less, greater) = (
        effects.test(treated, .less).pValue, effects.test(treated, .greater).pValue
      )
      #expect((less + greater).agrees(with: 1, within: 1e-12))
      let twoSided = effects.test(treated).pValue
      #expect(twoSided.agrees(with: 2 * min(less, greater), within: 1e-12))
    }
  }

  @Test("equal rates leave nothing between trials")
  func homogeneous() throws {
    let counts = try [(5, 20), (10, 40), (20, 80)].map(ResponseCount.init)
    let effects = try RandomEffects(counts)
    #expect(effects.tauSquared == 0 && effects.inconsistency == 0)
    #expect(effects.rate.agrees(with: 0.25, within: 1e-12))
    #expect(try BetaBinomialModel(counts).overdispersion == 0)
  }

  @Test("pools, and the power prior runs from no patient to all of them")
  func pooled() throws {
    let counts = try [(5, 20), (6, 40)].map(ResponseCount.init)
    #expect(try PooledControl.count(counts) == ResponseCount(responders: 11, patients: 60))
    #expect(try PooledControl.powerPrior(counts, share: 0) == BetaShape.jeffreys)
    #expect(try PooledControl.powerPrior(counts, share: 1) == BetaShape(11.5, 49.5))
    #expect(try PooledControl.powerPrior(counts, share: 0.5) == BetaShape(6, 25))
  }

  @Test("refuses what it cannot answer")
  func refusals() throws {
    let one = try ResponseCount(responders: 3, patients: 10)
    let none = try ResponseCount(responders: 0, patients: 10)
    #expect(
      throws: StatisticsError.tooFewControls(1, needed: 2, method: "a random-effects summary")
    ) { try RandomEffects([one]) }
    #expect(throws: StatisticsError.tooFewControls(1, needed: 2, method: "a beta-binomial fit")) {
      try BetaBinomialModel([one])
    }
    #expect(throws: StatisticsError.self) { try BetaBinomialModel([none, none]) }
    #expect(throws: StatisticsError.noControls) { try PooledControl.count([]) }
    #expect(throws: StatisticsError.weightOutOfRange(1.5)) {
      try PooledControl.powerPrior([one], share: 1.5)
    }
    #expect(
      StatisticsError.tooFewControls(1, needed: 2, method: "a beta-binomial fit").description
        == "a beta-binomial fit needs at least 2 trials, not 1")
    #expect(
      StatisticsError.heterogeneityPriorOutOfRange("half-normal(11)").description
        == "half-normal(11) is no prior of a standard deviation between logits that reaches from 0"
        + " to at most 10")
  }
}
