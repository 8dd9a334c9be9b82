import RECIST
import Testing

@testable import Combination
@testable import TumorDynamics

/// The tests of one virtual trial.
struct PlannedTestsTests {
  /// A patient whose last scan is this one, with PD there or not; 0 is nobody scanned.
  private func patient(_ last: Int, _ progressed: Int) -> PatientOutcome {
    let scans = (0..<last).map { index -> PatientOutcome.Scan in
      let isLast = index == last - 1
      return PatientOutcome.Scan(
        index: index, day: 56 * (index + 1), millimeters: 50,
        response: progressed == 1 && isLast ? .progressiveDisease : .stableDisease)
    }
    return PatientOutcome(baseline: 50, scans: scans, rules: BestResponseRules())
  }

  /// One-sided and two-sided p of R 4 (survival 3.5-3): `survdiff(Surv(scan, event) ~ arm)`, with
  /// z = (O − E)/√V of the control, pnorm(−z) and 2 pnorm(−|z|).
  @Test(arguments: [
    (
      [(1, 1), (2, 1), (3, 0), (3, 0), (3, 1), (2, 0), (3, 0), (0, 0)],
      [(1, 1), (1, 1), (2, 1), (2, 0), (3, 1), (3, 0), (1, 1), (2, 1)],
      0.081504111416097272, 0.16300822283219454
    ),
    (
      [(3, 0), (3, 0), (3, 0), (2, 0)], [(1, 0), (2, 1), (3, 0), (3, 1)],
      0.046260149604408968, 0.092520299208817935
    ),
  ])
  func `progression by scans is R's log-rank test`(
    treated: [(Int, Int)], control: [(Int, Int)], greater: Double, twoSided: Double
  ) throws {
    let arms = [treated, control].map { $0.map { patient($0.0, $0.1) } }
    for (alternative, expected) in [("greater", greater), ("two-sided", twoSided)] {
      let plan = try TrialPlan(
        trialsRequest(
          ["control-patients": "8", "alternative": alternative], regimen: paclitaxelBreast))
      let test = try #require(PlannedTests(plan).all.first { $0.name == "progression" }).test
      #expect(abs(try test.pValue(arms) / expected - 1) < 1e-12)
    }
  }

  @Test func `no progression is no evidence, and five late changes are too few`() throws {
    let plan = try TrialPlan(
      trialsRequest(["control-patients": "8"], regimen: paclitaxelBreast))
    let arms = [Array(repeating: patient(3, 0), count: 5), [patient(3, 0), patient(3, 0)]]
    let tests = PlannedTests(plan).all
    #expect(tests.map(\.name) == ["response", "progression", "late-change"])
    #expect(try tests[1].test.pValue(arms) == 1)
    #expect(try tests[2].test.pValue(arms) == 1)
    // More changes than an exact test takes, and all of them shrink late.
    let scans = [80, 70, 60].enumerated().map { index, size in
      PatientOutcome.Scan(
        index: index, day: 56 * (index + 1), millimeters: size, response: .stableDisease)
    }
    let shrinking = PatientOutcome(baseline: 100, scans: scans, rules: BestResponseRules())
    let many = [Array(repeating: shrinking, count: 1_200), arms[1]]
    #expect(try tests[2].test.pValue(many) < 1e-12)
  }
}
