import Testing

@testable import TimeToEvent

struct CurveReconstructionTests {
  /// What a paper would print of a sample: its steps, and numbers at risk.
  static func published(_ sample: EventTimes, every distance: Double) throws -> PublishedCurve {
    let curve = KaplanMeier(sample)
    let times = [0] + curve.times.filter { $0 > 0 }
    let riskTimes = Array(stride(from: 0, to: times[times.count - 1], by: distance))
    return try PublishedCurve(
      times: times, survival: [1] + times.dropFirst().map { curve.point(at: $0).survival },
      riskTimes: riskTimes, atRisk: curve.atRisk(at: riskTimes), totalEvents: sample.events)
  }

  @Test(
    "a curve printed exactly comes back within a subject's step",
    arguments: ["gehan", "aml", "lung", "veteran", "ovarian"])
  func roundTrip(name: String) throws {
    let sample = try ReferenceSample.named(name).eventTimes()
    let last = sample.times.reduce(0, max)
    let found = try CurveReconstruction(Self.published(sample, every: last / 8))
    #expect(found.sample.subjects == sample.subjects)
    #expect(found.largestDifference < 1.5 / Double(sample.subjects))
    #expect(found.riskDifferences.allSatisfy { $0.magnitude <= 1 })
    #expect((found.sample.events - sample.events).magnitude <= 2)
  }

  @Test("the hazard ratio of two reconstructed arms is that of the trial to two digits")
  func hazardRatio() throws {
    let data = try ReferenceSample.named("lung")
    var (times, occurred, arm): ([Double], [Bool], [Double]) = ([], [], [])
    for sex in ["1", "2"] {
      let sample = try data.eventTimes(where: "sex", is: sex)
      let found = try CurveReconstruction(Self.published(sample, every: 100)).sample
      times += found.times
      occurred += found.occurred
      arm += found.times.map { _ in sex == "2" ? 1 : 0 }
    }
    let model = try CoxModel(
      EventTimes(times: times, occurred: occurred), [Covariate("sex", arm)])
    #expect((model.coefficients[0].hazardRatio - 0.588).magnitude < 0.02)
  }

  @Test("refuses what is no curve, in words")
  func refusals() {
    #expect(throws: TimeToEventError.unusableCurve("must begin at 1")) {
      try PublishedCurve(times: [0, 1], survival: [0.9, 0.8], riskTimes: [0], atRisk: [10])
    }
    #expect(throws: TimeToEventError.unusableCurve("must have falling numbers at risk")) {
      try PublishedCurve(times: [0, 1], survival: [1, 0.8], riskTimes: [0, 1], atRisk: [10, 11])
    }
    #expect(
      "\(TimeToEventError.unusableCurve("must begin at 1"))" == "a published curve must begin at 1")
  }
}
