import Foundation
import PluginProtocol
import RECIST
import Statistics
import Testing

@testable import TemporalSplit

struct SplitTests {
  private let plan = SplitPlan(cuts: [84], until: 168, window: 14)

  @Test func `the nearest scan counts, of two as near the earlier`() {
    let series = TumorSeries.make([(70, 90), (80, 80), (88, 70), (168, 60)])
    let split = SubjectSplit(series, plan: plan)
    #expect(split.marks.map { $0?.day } == [80, 168])
    #expect(split.early == log(80.0 / 100))
    #expect(split.late == log(60.0 / 80))
  }

  @Test(arguments: [(154, true), (182, true), (153, false), (183, false)])
  func `a scan on the edge of the window counts`(day: Int, isIn: Bool) {
    let split = SubjectSplit(.make([(84, 80), (day, 60)]), plan: plan)
    #expect(split.isComplete == isIn)
  }

  @Test func `one scan cannot end two windows`() {
    let near = SplitPlan(cuts: [84], until: 98, window: 14)
    #expect(SubjectSplit(.make([(90, 80)]), plan: near).isComplete == false)
    #expect(
      SubjectSplit(.make([(90, 80), (100, 70)]), plan: near).marks.map { $0?.day } == [90, 100])
  }

  @Test func `complete responders stay in at the floor`() {
    let split = SubjectSplit(.make([(84, 50), (168, 0)]), plan: plan)
    #expect(split.late == log(5.0 / 50))
    #expect(split.series.scans.last?.response == .completeResponse)
    let both = SubjectSplit(.make([(84, 0), (168, 3)]), plan: plan)
    #expect(both.late == 0)
  }

  @Test func `without a size at baseline, or with one of zero, nobody contributes`() {
    for baseline in [nil, 0] {
      let split = SubjectSplit(.make(baseline: baseline, [(84, 50), (168, 40)]), plan: plan)
      #expect(split.changes.allSatisfy { $0 == nil })
    }
  }

  @Test func `several cut points make several windows`() {
    let many = SplitPlan(cuts: [42, 84, 126], until: 168, window: 14)
    let split = SubjectSplit(.make([(42, 80), (84, 60), (126, 66), (168, 33)]), plan: many)
    let changes: [Double] = [80.0 / 100, 60.0 / 80, 66.0 / 60, 33.0 / 66]
    #expect(split.changes.compactMap(\.self) == changes.map { log($0) })
    #expect(split.early == log(0.8) && split.late == log(0.5))
    let missing = SubjectSplit(.make([(42, 80), (126, 66), (168, 33)]), plan: many)
    #expect(missing.changes.map { $0 == nil } == [false, true, true, false])
    #expect(!missing.isComplete)
  }

  @Test(
    "exactly 10 % counts, in whole millimeters of every size",
    arguments: [10, 30, 70, 90, 110, 130, 170, 190, 210])
  func threshold(size: Int) {
    let split = SubjectSplit(
      .make(baseline: size * 10, [(84, size * 9), (168, size * 9)]), plan: plan)
    #expect(split.category == .earlyOnly)
    let late = SubjectSplit(
      .make(baseline: size * 10, [(84, size * 10), (168, size * 9)]), plan: plan)
    #expect(late.category == .lateOnly)
    let neither = SubjectSplit(
      .make(baseline: size * 10, [(84, size * 9 + 1), (168, size * 9 + 1)]), plan: plan)
    #expect(neither.category == SubjectSplit.Category.none)
  }

  @Test func `slopes are those of least squares through every scan of the window`() throws {
    let series = TumorSeries.make([(28, 90), (56, 60), (84, 70), (126, 40), (168, 50)])
    let split = SubjectSplit(series, plan: plan)
    // numpy.polyfit of the logs on days 0, 28, 56, 84 and 84, 126, 168, times 7.
    let early = try #require(split.weeklySlope(window: 0, floor: plan.floor))
    let late = try #require(split.weeklySlope(window: 1, floor: plan.floor))
    #expect(abs(early / -0.036887248498 - 1) < 1e-9)
    #expect(abs(late / -0.028039353052 - 1) < 1e-9)
    let two = SubjectSplit(.make([(84, 80), (168, 40)]), plan: plan)
    let slope = try #require(two.weeklySlope(window: 1, floor: plan.floor))
    #expect(abs(slope / (7 * log(0.5) / 84) - 1) < 1e-12)
  }

  @Test func `responses are judged at each scan against baseline and nadir`() {
    let series = TumorSeries.make([(50, 70), (100, 84), (150, 71), (200, 0), (250, 4), (300, 5)])
    #expect(
      series.scans.map { $0.response?.rawValue } == ["PR", "PD", "SD", "CR", "PR", "PD"])
  }

  @Test func `depth and times stop at progression`() {
    let series = TumorSeries.make(
      [(50, 80), (100, 60), (150, 90), (200, 10)], progressionDay: 150)
    #expect(abs((series.depthOfResponse ?? 0) - 0.4) < 1e-12)
    #expect(series.responseDay == 100)
    #expect(series.growth?.day == 200 && series.growth?.isSeen == false)
    let grew = TumorSeries.make([(50, 80), (100, 90)])
    #expect(grew.growth?.day == 50 && grew.growth?.isSeen == true)
    let only = TumorSeries.make([(50, 120)])
    #expect(only.growth?.day == 0 && only.growth?.isSeen == true)
    #expect((only.depthOfResponse ?? 0) < 0)
  }

  @Test func `each patient without a late change has one reason`() {
    let series: [TumorSeries] = [
      .make([(84, 80), (168, 60)]),
      .make(baseline: nil, [(84, 80), (168, 60)]),
      .make([(84, 80)], progressionDay: 100),
      .make([(84, 80)], deathDay: 100),
      .make([(84, 80)], progressionDay: 183),
      .make([(84, 80), (200, 60)]),
      .make([(84, 80)]),
    ]
    #expect(
      Attrition(CohortSplit(series, plan: plan)).reasons == [
        .contributes, .noBaseline, .progression, .death, .noScan, .onlyLater, .noScan,
      ])
  }

  @Test func `late conversions are those between the two scans`() throws {
    var series: [TumorSeries] = []
    for (early, late, count) in [(60, 50, 3), (60, 90, 2), (80, 60, 4), (80, 80, 1)] {
      for _ in 0..<count { series.append(.make([(84, early), (168, late)])) }
    }
    let pairs = try ResponsePairs(CohortSplit(series, plan: plan))
    let table = try #require(pairs.table)
    let counts: [Int] = [table.both, table.firstOnly, table.secondOnly, table.neither]
    #expect(counts == [3, 4, 2, 1], "a gain is in the later scan only")
  }
}
