import Foundation
import RECIST
import ReferenceTesting
import Statistics
import Testing
import TrialDesign

@testable import TumorDynamics

/// Size and power of the tests of a temporal split, against the second implementation in NumPy.
struct SimulatedPropertiesTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let responseRate, decay, kill, immuneKill: Double
    let lifted: Double?
    let medianEarly, medianLate: Double
    let shrinking, faster: [Double]
    let critical: [String: Double]
    let rejected: [String: [Double]]

    var testDescription: String {
      "\(responseRate) to \(lifted ?? responseRate), decay \(decay)"
    }

    var treatment: Treatment {
      let signal = ImmuneSignal(.doses(days: (0..<12).map { Double(1 + 14 * $0) }, strength: 1))
      return Treatment(
        killPerDay: kill, decayPerDay: decay,
        immune: immuneKill > 0 ? ImmuneKill(killPerDay: immuneKill, signal: signal) : nil)
    }
  }

  static let table = Result {
    try ReferenceTable<Row>.load("simulated-properties", in: .module)
  }
  static let schedule = Result { try ScanSchedule([84, 168]) }

  /// Five standard errors of the difference, were NumPy's share the true one, and two events for
  /// the tails of rare ones; the seed is fixed.
  private func agree(_ events: Int, of trials: Int, _ theirs: [Double], _ name: String) {
    let share = theirs[0]
    let variance = share * (1 - share) / Double(trials) + theirs[1] * theirs[1]
    let allowance = 5 * variance.squareRoot() + 2 / Double(trials)
    let ours = Double(events) / Double(trials)
    #expect((ours - share).magnitude < allowance, "\(name): \(ours), \(theirs)")
  }

  @Test("agree with NumPy's within Monte Carlo error", arguments: try table.get().rows)
  func properties(row: Row) async throws {
    let trials = try SimulatedTrials(
      of: VirtualPatients(.standard, under: row.treatment, schedule: Self.schedule.get()),
      earlyDay: 84, lateDay: 168, contributors: 30)
    let tests = SplitTest.all(critical: row.critical)
    let splits = try await trials.splits(replicates: 0..<300, seed: 84, tests: tests)
    #expect(tests.count == row.rejected.count)
    for (test, rejections) in zip(tests, splits.rejections) {
      let expected = try #require(row.rejected[test.name])
      agree(rejections, of: 300, expected, test.name)
    }
    let shrinking = splits.shrinkingShares.reduce(0, +) * 30
    agree(Int(shrinking.rounded()), of: 9_000, row.shrinking, "shrinking")
  }

  @Test("medians and responses of patients agree as well", arguments: try table.get().rows)
  func patients(row: Row) throws {
    let patients = try VirtualPatients(
      .standard, under: row.treatment, schedule: Self.schedule.get())
    let trials = try SimulatedTrials(
      of: patients, earlyDay: 84, lateDay: 168, contributors: 30)
    let streams = (0..<6_000).map { RandomStream(seed: 12, replicate: 0, patient: $0) }
    let responders = streams.count {
      patients.scans($0).contains { $0.response == .partialResponse }
    }
    agree(
      responders, of: streams.count, [row.lifted ?? row.responseRate, 0.0008], "responses")
    let changes = streams.compactMap { trials.changes(patients.effects($0)) }
    agree(
      changes.count { $0.late < $0.early && $0.late < 0 }, of: changes.count,
      row.faster, "faster late")
    // As many lie below NumPy's median as above, ties at it counted half.
    for (values, median) in [
      (changes.map(\.early), row.medianEarly), (changes.map(\.late), row.medianLate),
    ] {
      let below = Double(values.count { $0 < median - 1e-9 })
      let equal = Double(values.count { ($0 - median).magnitude <= 1e-9 })
      let half = Double(values.count) / 2
      let slack = 5 * (Double(values.count) / 4).squareRoot()
      #expect(below - slack < half && half < below + equal + slack)
    }
  }

  @Test("kill rates agree", arguments: try table.get().rows.filter { $0.lifted == nil })
  func killRates(row: Row) throws {
    let calibration = try Calibration(
      to: CalibrationTarget(responseRate: row.responseRate, schedule: Self.schedule.get()),
      decayPerDay: row.decay, patients: 10_000, seed: 5)
    // The error of 10,000 patients' response rate is .005, and the rate moves .3 for each unit of
    // the kill's logarithm.
    #expect((calibration.killPerDay / row.kill - 1).magnitude < 5 * 0.005 / 0.3)
  }
}

extension SplitTest {
  /// Every test of the table.
  static func all(critical: [String: Double]) -> [SplitTest] {
    @Sendable func pValue(_ values: [Double]) -> Double {
      (try? WilcoxonSignedRank(values).pValue(.exact, .less)) ?? .nan
    }
    return [
      SplitTest("wilcoxon") { pValue($0.late) },
      SplitTest("wilcoxon-late-faster") { pValue(zip($0.late, $0.early).map(-)) },
      SplitTest("sign") { (try? SignTest($0.late).pValue(.less)) ?? .nan },
      SplitTest("hodges-lehmann") {
        (try? HodgesLehmann($0.late).upper).map { $0 < -1e-12 ? 0 : 1 } ?? .nan
      },
      SplitTest("mcnemar") { $0.responses.map { McNemarTest($0).pValue(.exact) } ?? .nan },
      SplitTest("tango") {
        $0.responses.flatMap { try? PairedDifferenceInterval($0) }
          .map { $0.contains(0) ? 1 : 0 } ?? .nan
      },
    ]
      + critical.sorted { $0.key < $1.key }.map { name, bound in
        name.hasPrefix("reference-share")
          ? SplitTest(name) { $0.shrinkingShare >= bound - 1e-9 ? 0 : 1 }
          : SplitTest(name) { $0.meanLateChange <= bound ? 0 : 1 }
      }
  }
}

extension SplitChanges {
  /// Whether a patient responds at the later scan and at the earlier one: 30 % under baseline, and
  /// no growth of 20 % since.
  fileprivate var responses: PairedTable? {
    let limit = log(0.7) * (1 - 1e-12)
    let pairs = zip(early, late).map { early, late in
      (early <= limit, early + late <= limit && late < log(1.2))
    }
    func count(_ first: Bool, _ second: Bool) -> Int { pairs.count { $0 == (first, second) } }
    return try? PairedTable(
      both: count(true, true), firstOnly: count(false, true), secondOnly: count(true, false),
      neither: count(false, false))
  }
}
