import Testing

@testable import TimeToEvent

struct InteractionHazardTests {
  private static func exponential(_ patients: Int, mean: Double) -> SurvivalFunction {
    let curve = SurvivalFunction(
      fallingAt: (1...200).map { Double($0) / 10 },
      to: (1...200).map { step in
        (0..<step).reduce(1.0) { height, _ in height * (1 - 0.1 / mean) }
      }, followedTo: 20)
    return curve
  }

  @Test("patients of the predicted curve itself have no interaction")
  func none() throws {
    let curve = Self.exponential(500, mean: 6)
    let drawn = curve.patients(500)
    let hazard = try InteractionHazard(
      observed: EventTimes(times: drawn.times, occurred: drawn.occurred), predicted: curve)
    #expect(hazard.coefficient.estimate.magnitude < 1e-12)
    #expect(hazard.observedEvents == hazard.predictedEvents)
    #expect(hazard.horizon == 20)
  }

  @Test("half the hazard is found, and the horizon is the shorter follow-up")
  func half() throws {
    let drawn = Self.exponential(400, mean: 12).limited(to: 15).patients(400)
    let hazard = try InteractionHazard(
      observed: EventTimes(times: drawn.times, occurred: drawn.occurred),
      predicted: Self.exponential(500, mean: 6))
    #expect((hazard.coefficient.hazardRatio - 0.5).magnitude < 0.03)
    #expect(hazard.horizon == 15)
    let early = try InteractionHazard(
      observed: EventTimes(times: drawn.times, occurred: drawn.occurred),
      predicted: Self.exponential(500, mean: 6), until: 4)
    #expect(early.horizon == 4)
    #expect(early.observedEvents < hazard.observedEvents)
  }

  @Test("so few patients of a curve are refused")
  func refusal() throws {
    let sample = try EventTimes(times: [1, 2], occurred: [true, true])
    #expect(throws: TimeToEventError.unusablePatients(9)) {
      try InteractionHazard(
        observed: sample, predicted: Self.exponential(500, mean: 6), patients: 9)
    }
    #expect(
      "\(TimeToEventError.unusablePatients(9))"
        == "a predicted curve is compared as 10 to 100000 patients, not 9")
  }

  @Test("the verdict follows Hwangbo's table, for every pair of standings")
  func verdicts() {
    let table: [(CombinationVerdict.Standing, CombinationVerdict.Standing, CombinationVerdict)] = [
      (.better, .better, .synergy), (.better, .compatible, .additive),
      (.better, .worse, .between), (.compatible, .better, .synergy),
      (.compatible, .compatible, .between), (.compatible, .worse, .independent),
      (.worse, .better, .worseThanIndependent), (.worse, .compatible, .worseThanIndependent),
      (.worse, .worse, .worseThanIndependent),
    ]
    for (independent, additive, verdict) in table {
      #expect(CombinationVerdict(independent: independent, additive: additive) == verdict)
    }
    #expect(CombinationVerdict.Standing(SurvivalLimits(lower: 0.5, upper: 0.99)) == .better)
    #expect(CombinationVerdict.Standing(SurvivalLimits(lower: 0.5, upper: 1)) == .compatible)
    #expect(CombinationVerdict.Standing(SurvivalLimits(lower: 1.1, upper: 2)) == .worse)
    #expect(
      CombinationVerdict.Standing(hazardRatio: 0.7, pValue: 0.05, error: 0.05) == .compatible)
    #expect(CombinationVerdict.Standing(hazardRatio: 0.7, pValue: 0.01, error: 0.05) == .better)
    #expect(CombinationVerdict.Standing(hazardRatio: 1.7, pValue: 0.01, error: 0.05) == .worse)
  }

  /// R 4.2.2: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.8, 0.03), "BH").
  @Test("false discovery rates are R's")
  func falseDiscovery() {
    let found = falseDiscoveryRates([0.01, 0.04, 0.03, 0.005, 0.8, 0.03])
    let expected = [0.03, 0.048, 0.045, 0.03, 0.8, 0.045]
    #expect(zip(found, expected).allSatisfy { ($0 - $1).magnitude < 1e-15 })
    #expect(falseDiscoveryRates([]) == [])
    #expect(falseDiscoveryRates([0.2]) == [0.2])
  }
}
