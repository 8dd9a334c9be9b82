import Testing

@testable import TimeToEvent

struct SurvivalFunctionTests {
  @Test(
    "of patients it is the Kaplan-Meier estimate",
    arguments: ["gehan", "aml", "lung", "veteran", "ovarian"])
  func kaplanMeier(name: String) throws {
    let sample = try ReferenceSample.named(name).eventTimes()
    let (estimate, curve) = (KaplanMeier(sample), SurvivalFunction(sample))
    for time in sample.times {
      #expect(curve.survival(at: time) == estimate.point(at: time).survival)
    }
    #expect(curve.median == (try estimate.median().time))
    let horizon = sample.times.reduce(0, max) / 2
    #expect(
      (try curve.restrictedMean(to: horizon) - estimate.restrictedMean(to: horizon).mean)
        .magnitude < 1e-9)
  }

  @Test("points read off a figure go down only, and hold from their time on")
  func points() throws {
    let curve = try SurvivalFunction(
      times: [0, 1, 2, 3, 4], survival: [1, 0.8, 0.81, 0.4, 0.4], followedTo: 6)
    #expect(curve.times == [1, 3])
    #expect(curve.survival == [0.8, 0.4])
    #expect(curve.survival(at: 0.999) == 1)
    #expect(curve.survival(at: 1) == 0.8)
    #expect(curve.knownTo == 6)
    #expect(curve.median == 3)
    #expect(try curve.restrictedMean(to: 5) == 1 + 2 * 0.8 + 2 * 0.4)
    #expect(curve.limited(to: 2).times == [1])
    #expect(curve.limited(to: 2).median == nil)
  }

  @Test("a published curve is read as its points")
  func published() throws {
    let curve = SurvivalFunction(
      try PublishedCurve(
        times: [0, 2, 5], survival: [1, 0.5, 0.2], riskTimes: [0], atRisk: [10]))
    #expect(curve.survival == [0.5, 0.2])
    // The curve runs level at one half from 2 to 5.
    #expect(curve.median == 3.5)
    #expect(curve.knownTo == 5)
  }

  @Test("patients of a curve have the curve")
  func patients() throws {
    let curve = try SurvivalFunction(times: [1, 3], survival: [0.8, 0.3], followedTo: 6)
    let drawn = curve.patients(10)
    #expect(drawn.times == [1, 1, 3, 3, 3, 3, 3, 6, 6, 6])
    #expect(drawn.occurred.count { $0 } == 7)
    let level = try SurvivalFunction(times: [1, 3], survival: [0.75, 0.3], followedTo: 6)
    #expect(level.patients(2).times == [1, 6], "a quantile met exactly is reached")
    #expect(
      SurvivalFunction(try EventTimes(times: drawn.times, occurred: drawn.occurred)).knownTo == 6)
  }

  @Test("refuses what is no curve, in words")
  func refusals() {
    for (times, survival, problem): ([Double], [Double], String) in [
      ([], [], "needs at least one point"),
      ([1, 2], [0.5], "needs one survival for each time"),
      ([-1], [0.5], "must have finite times of at least 0"),
      ([2, 1], [0.5, 0.4], "must have rising times"),
      ([1], [50], "must lie between 0 and 1"),
    ] {
      #expect(throws: TimeToEventError.unusableCurve(problem)) {
        try SurvivalFunction(times: times, survival: survival)
      }
    }
    #expect(throws: TimeToEventError.unusableCurve("cannot have points after the end of follow-up"))
    {
      try SurvivalFunction(times: [3], survival: [0.5], followedTo: 2)
    }
    #expect(throws: TimeToEventError.horizonBeyondFollowUp(4, last: 3)) {
      try SurvivalFunction(times: [3], survival: [0.5]).restrictedMean(to: 4)
    }
  }
}
