internal import Glibc
internal import RECIST

/// Trials with a given number of patients who contribute to a temporal split.
///
/// Patients are taken in order until enough contribute, as a statistician who splits a finished
/// trial finds them. The patients of a trial depend on seed, replicate and their number alone.
package struct SimulatedTrials: Sendable {
  package let patients: VirtualPatients
  package let contributors: Int
  package let rule: SplitRule
  private let early, late: Int

  package init(
    of patients: VirtualPatients, earlyDay: Int, lateDay: Int, contributors: Int,
    rule: SplitRule = .scannedAtBoth
  ) throws(TumorDynamicsError) {
    guard earlyDay < lateDay else { throw .windowsOutOfOrder(early: earlyDay, late: lateDay) }
    guard contributors >= 2 else { throw .tooFewPatients(contributors) }
    self.patients = patients
    self.contributors = contributors
    self.rule = rule
    early = try patients.schedule.index(of: earlyDay)
    late = try patients.schedule.index(of: lateDay)
  }

  /// One patient's changes, or nothing where they do not contribute.
  package func changes(_ patient: PatientEffects) -> (early: Double, late: Double)? {
    var course = patients.patient(patient)
    let baseline = Double(course.baseline)
    var atEarly = 0.0
    while let scan = patients.nextScan(of: &course) {
      if scan.index == early { atEarly = Double(scan.millimeters) }
      guard scan.index == late else { continue }
      if rule == .progressionFree, scan.response == .progressiveDisease { return nil }
      return (log(atEarly / baseline), log(Double(scan.millimeters) / atEarly))
    }
    return nil
  }

  /// A trial that needs more than a hundred patients for each who contributes is not simulated.
  var mostPatients: Int { 100 * contributors + 1_000 }
}
