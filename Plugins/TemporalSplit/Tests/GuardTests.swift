import Foundation
import PluginKit
import RECIST
import Statistics
import Testing

@testable import TemporalSplit

struct GuardTests {
  private let observed = [-0.5, -0.4, -0.3, -0.25, -0.2, -0.1, -0.05, 0.05]

  /// By brute force over a fine grid of delta.
  @Test(arguments: [1, 3, 8])
  func `the pattern-mixture delta is where the test stops being positive`(missing: Int) throws {
    let mixture = PatternMixture(
      observed: observed, missing: missing, zeros: .wilcoxon, alpha: 0.05)
    let finding = try mixture.finding()
    guard case .flips(let delta) = finding else {
      // One patient among eight cannot undo it.
      #expect(missing == 1)
      #expect(finding == .stands(beyond: 4))
      return
    }
    let sorted = observed.sorted()
    let p = { (delta: Double) throws -> Double in
      let added = (0..<missing).map { index in
        sorted[Int((Double(index) + 0.5) / Double(missing) * 8)] + delta
      }
      return try WilcoxonSignedRank(observed + added).pValue(.exact, .less)
    }
    let (beyond, before) = (try p(delta), try p(delta - 0.001))
    #expect(beyond > 0.05)
    #expect(before <= 0.05)
  }

  @Test func `a test that is not positive has no delta`() throws {
    let mixture = PatternMixture(
      observed: observed.map { -$0 }, missing: 3, zeros: .wilcoxon, alpha: 0.05)
    let finding = try mixture.finding()
    #expect(finding == .notPositive)
  }

  /// All 252 ways to choose five of ten.
  @Test func `permutations agree with counting them all`() throws {
    let treated = [-0.5, -0.3, -0.2, 0.1, -0.4]
    let control = [0.1, 0.2, -0.1, 0.3, -0.05]
    let pool = treated + control
    var (smaller, more, all) = (0, 0, 0)
    for bits in 0..<1024 where bits.nonzeroBitCount == 5 {
      let chosen = (0..<10).filter { bits >> $0 & 1 == 1 }.map { pool[$0] }
      all += 1
      if chosen.reduce(0, +) <= treated.reduce(0, +) + 1e-12 { smaller += 1 }
      if chosen.count(where: { $0 < 0 }) >= 4 { more += 1 }
    }
    let permutation = LatePermutation(
      treated: treated, control: control, replicates: 20_000, seed: 11)
    let found = try permutation.result(.detached)
    // Five standard errors: false alarms in fewer than one of a million seeds.
    let (mean, share) = (Double(smaller) / Double(all), Double(more) / Double(all))
    #expect(abs(found.mean.pValue - mean) < 5 * found.mean.error)
    #expect(abs(found.share.pValue - share) < 5 * found.share.error)
  }

  @Test func `progressions are set to 20 percent growth`() throws {
    let plan = SplitPlan(cuts: [84], until: 168, window: 14)
    let split = CohortSplit(
      [
        .make([(84, 80), (168, 60)]), .make([(84, 80)], progressionDay: 90),
        .make([(84, 80)], deathDay: 90), .make([(84, 80)]),
      ], plan: plan)
    let sensitivity = try Sensitivity(
      split: split, attrition: Attrition(split),
      late: LateChangeTests(split.late, zeros: .wilcoxon, level: 0.95), zeros: .wilcoxon,
      level: 0.95)
    let expected: [Double] = [log(60.0 / 80), log(1.2), log(1.2)]
    #expect(sensitivity.withProgressions == expected)
  }

  /// Days 70 and 182 are 14 days from 84 and 168, day 74 is 10; nobody is on the edge of 21 days.
  @Test(arguments: [
    (10.0, 1, [7.0, 9.0, 10.0, 14.0, 21.0], [1, 1, 2, 4, 4]),
    (14.0, 2, [7.0, 13.0, 14.0, 21.0], [1, 2, 4, 4]),
    (21.0, 0, [7.0, 14.0, 21.0], [1, 4, 4]),
  ])
  func `a scan on the edge of the window has the window a day narrower shown`(
    window: Double, onTheEdge: Int, tolerances: [Double], contributing: [Int]
  ) throws {
    let plan = SplitPlan(cuts: [84], until: 168, window: window)
    let split = CohortSplit(
      [
        .make([(84, 80), (168, 60)]), .make([(70, 80), (168, 60)]), .make([(84, 80), (182, 60)]),
        .make([(74, 80), (168, 60)]),
      ], plan: plan)
    let sensitivity = try Sensitivity(
      split: split, attrition: Attrition(split),
      late: LateChangeTests(split.late, zeros: .wilcoxon, level: 0.95), zeros: .wilcoxon,
      level: 0.95)
    #expect(split.onTheEdge == onTheEdge)
    #expect(sensitivity.windows.map(\.days) == tolerances)
    #expect(sensitivity.windows.map(\.late.count) == contributing)
  }
}
