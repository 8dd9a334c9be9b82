internal import Glibc
internal import RECIST

/// What the temporal splits of many simulated trials showed, in counts and exact sums.
///
/// A patient contributes who was measured at both scans and has no PD up to the late one.
package struct SplitTally: Sendable, Hashable, Codable {
  /// The planned scans that end the windows, counted from 0.
  package let early, late: Int
  package private(set) var contributors = 0
  /// Contributors whose sum fell from the early to the late scan.
  package private(set) var shrinkingLate = 0
  /// How many trials had so many shrinking of so many contributors, by "shrinking/contributors".
  package private(set) var trials: [String: Int] = [:]
  private var earlyChange = ExactSum()
  private var lateChange = ExactSum()

  /// Nothing yet.
  package init(early: Int, late: Int) {
    self.early = early
    self.late = late
  }

  mutating func add(_ arm: [PatientOutcome]) {
    var (shrinking, count) = (0, 0)
    for patient in arm {
      guard let change = patient.changes(early: early, late: late) else { continue }
      count += 1
      if change.late < 0 { shrinking += 1 }
      earlyChange.add(change.early)
      lateChange.add(change.late)
    }
    contributors += count
    shrinkingLate += shrinking
    trials["\(shrinking)/\(count)", default: 0] += 1
  }

  mutating func merge(_ other: Self) {
    contributors += other.contributors
    shrinkingLate += other.shrinkingLate
    trials.merge(other.trials) { $0 + $1 }
    earlyChange.merge(other.earlyChange)
    lateChange.merge(other.lateChange)
  }

  /// The means of *r*₁ and *r*₂ over everybody; nothing where nobody contributes.
  package var meanChanges: (early: Double, late: Double)? {
    guard contributors > 0 else { return nil }
    let count = Double(contributors)
    return (earlyChange.value / count, lateChange.value / count)
  }

  package var shrinkingShare: MonteCarloEstimate? {
    contributors == 0 ? nil : MonteCarloEstimate(events: shrinkingLate, of: contributors)
  }
}

extension PatientOutcome {
  /// *r*₁ and *r*₂: ln of the sum at the early scan over baseline, and at the late scan over the
  /// early one; nothing for a patient who is not measured at both or has PD by then.
  package func changes(early: Int, late: Int) -> (early: Double, late: Double)? {
    guard early < late, scans.count > late, scans[late].response != .progressiveDisease else {
      return nil
    }
    let (first, second) = (Double(scans[early].millimeters), Double(scans[late].millimeters))
    return (log(first / Double(baseline)), log(second / first))
  }
}
