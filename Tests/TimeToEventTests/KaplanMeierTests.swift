import ReferenceTesting
import Testing

@testable import TimeToEvent

struct KaplanMeierTests {
  struct PointRow: Decodable, Sendable, CustomTestStringConvertible {
    let sample: String
    let by, value: String?
    let scale: SurvivalLimits.Scale
    let level: Double
    let times, survival: [Double]
    let atRisk: [Int]
    let standardError, lower, upper: [Double?]

    var testDescription: String { "\(sample) \(by ?? "") \(value ?? "") \(scale) \(level)" }
  }

  static let points = Result { try ReferenceTable<PointRow>.load("kaplan-meier", in: .module) }

  @Test("survival, its limits and numbers at risk agree with R", arguments: try points.get().rows)
  func agreesWithR(row: PointRow) throws {
    let tolerance = try Self.points.get().relativeTolerance
    let curve = try KaplanMeier(
      ReferenceSample.named(row.sample).eventTimes(where: row.by, is: row.value))
    for (index, time) in row.times.enumerated() {
      let point = curve.point(at: time)
      let limits = try point.limits(row.scale, level: row.level)
      #expect(point.survival.agrees(with: row.survival[index], within: tolerance))
      #expect(point.atRisk == row.atRisk[index])
      #expect(agree(point.standardError, row.standardError[index], tolerance))
      // R has no log-log limits at a time of censoring before the first event; here they are 1.
      guard row.survival[index] < 1 || row.lower[index] != nil else { continue }
      #expect(agree(limits?.lower, row.lower[index], tolerance))
      #expect(agree(limits?.upper, row.upper[index], tolerance))
    }
  }

  @Test("curves of groups are those of their subjects alone")
  func curvesByGroup() throws {
    let sample = try ReferenceSample.named("veteran")
    let curves = try KaplanMeier.curves(
      sample.eventTimes(), by: sample.grouping("celltype"))
    let labels = try sample.grouping("celltype").labels
    #expect(labels == ["adeno", "large", "smallcell", "squamous"])
    for (label, curve) in zip(labels, curves) {
      #expect(try curve == KaplanMeier(sample.eventTimes(where: "celltype", is: label)))
    }
  }

  @Test("without censoring survival is the share still free of the event")
  func sharesWithoutCensoring() throws {
    let times = [5.0, 3, 3, 0, 8, 8, 8, 1]
    let curve = KaplanMeier(
      try EventTimes(times: times, occurred: times.map { _ in true }))
    for time in [0, 0.5, 1, 3, 4, 5, 7, 8, 9] {
      let share = Double(times.count { $0 > time }) / 8
      #expect(curve.point(at: time).survival.agrees(with: share, within: 1e-15))
      #expect(curve.point(at: time).events == times.count { $0 <= time })
      #expect(curve.point(at: time).atRisk == times.count { $0 >= time })
    }
  }

  @Test("an event on day 0 lowers the curve at once")
  func eventAtStart() throws {
    let curve = KaplanMeier(try EventTimes(times: [0, 1], occurred: [true, false]))
    #expect(curve.point(at: 0).survival == 0.5)
    #expect(try curve.median().time == 0.5)
  }

  @Test("past the last observation the curve says so, unless everybody has had the event")
  func beyondFollowUp() throws {
    let censored = KaplanMeier(try EventTimes(times: [1, 2], occurred: [true, false]))
    #expect(!censored.point(at: 2).isBeyondFollowUp)
    #expect(censored.point(at: 2.5).isBeyondFollowUp)
    let ended = KaplanMeier(try EventTimes(times: [1, 2], occurred: [true, true]))
    #expect(!ended.point(at: 2.5).isBeyondFollowUp)
    #expect(ended.point(at: 2.5).survival == 0)
    #expect(ended.point(at: 2.5).standardError == nil)
    #expect(try ended.point(at: 2.5).limits(.log) == nil)
  }

  @Test("an arm without events stays at 1 and has no quantile")
  func onlyCensored() throws {
    let curve = KaplanMeier(try EventTimes(times: [4, 9], occurred: [false, false]))
    for scale in SurvivalLimits.Scale.allCases {
      #expect(try curve.point(at: 9).limits(scale) == SurvivalLimits(lower: 1, upper: 1))
      for rule in SurvivalQuantile.Rule.allCases {
        let median = try curve.median(scale: scale, rule: rule)
        #expect(median.time == nil && median.lower == nil && median.upper == nil)
      }
    }
  }

  @Test("one subject is a curve")
  func singleSubject() throws {
    let event = KaplanMeier(try EventTimes(times: [7], occurred: [true]))
    #expect(event.point(at: 7).survival == 0)
    #expect(try event.median().time == 7)
    let censored = KaplanMeier(try EventTimes(times: [7], occurred: [false]))
    #expect(try censored.median().time == nil)
  }

  @Test("ten thousand arms of ten subjects each have their own curves")
  func manyArms() throws {
    let subjects = 0..<100_000
    let sample = try EventTimes(
      times: subjects.map { Double($0 * 7919 % 1_000_003) / 7 },
      occurred: subjects.map { $0 % 3 > 0 })
    let codes = subjects.map { $0 % 10_000 }
    let groups = try Grouping(codes: codes, labels: (0..<10_000).map { "\($0)" })
    let curves = try KaplanMeier.curves(sample, by: groups)
    #expect(curves.count == 10_000)
    #expect(curves.allSatisfy { $0?.subjects == 10 })
    let own = subjects.filter { $0 % 10_000 == 4321 }
    #expect(curves[4321] == KaplanMeier(try sample.subset(own)))
  }
}

/// Whether both are missing, or both there and equal.
func agree(_ ours: Double?, _ theirs: Double?, _ tolerance: Double) -> Bool {
  switch (ours, theirs) {
  case (nil, nil): true
  case (let ours?, let theirs?): ours.agrees(with: theirs, within: tolerance)
  default: false
  }
}
