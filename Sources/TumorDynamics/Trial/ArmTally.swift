internal import Glibc
internal import RECIST

/// What one arm of many simulated trials showed, in counts and exact sums that merge in any order.
package struct ArmTally: Sendable, Hashable, Codable {
  package private(set) var patients = 0
  package private(set) var evaluable = 0
  /// Patients by best response, by its CDISC code.
  package private(set) var best: [String: Int] = [:]
  /// How many trials had so many responders.
  package private(set) var trialsByResponders: [Int: Int] = [:]
  /// Patients seen on each planned scan without PD then or before, those who left left out.
  package private(set) var progressionFree: [Int]
  /// Patients with PD at each planned scan.
  package private(set) var progressed: [Int]
  /// Σ ln(sum/baseline) of the patients measured at each planned scan.
  package private(set) var logChange: [ExactSum]

  /// Nothing where no split was asked for.
  package private(set) var split: SplitTally?

  /// Nothing yet, with so many planned scans.
  package init(scans: Int, split: SplitTally? = nil) {
    self.split = split
    progressionFree = [Int](repeating: 0, count: scans)
    progressed = [Int](repeating: 0, count: scans)
    logChange = [ExactSum](repeating: ExactSum(), count: scans)
  }

  /// Adds the arm of one trial.
  package mutating func add(_ arm: [PatientOutcome]) {
    for patient in arm {
      patients += 1
      if patient.isEvaluable { evaluable += 1 }
      best[patient.best.rawValue, default: 0] += 1
      for scan in patient.scans {
        if scan.response == .progressiveDisease {
          progressed[scan.index] += 1
        } else {
          progressionFree[scan.index] += 1
        }
        logChange[scan.index].add(log(Double(scan.millimeters) / Double(patient.baseline)))
      }
    }
    trialsByResponders[arm.count { $0.best.isObjectiveResponse }, default: 0] += 1
    split?.add(arm)
  }

  /// - Precondition: As many planned scans.
  package mutating func merge(_ other: Self) {
    precondition(other.logChange.count == logChange.count, "arms with as many planned scans")
    patients += other.patients
    evaluable += other.evaluable
    best.merge(other.best) { $0 + $1 }
    trialsByResponders.merge(other.trialsByResponders) { $0 + $1 }
    if let other = other.split { split?.merge(other) }
    for scan in logChange.indices {
      progressionFree[scan] += other.progressionFree[scan]
      progressed[scan] += other.progressed[scan]
      logChange[scan].merge(other.logChange[scan])
    }
  }

  package var responders: Int {
    trialsByResponders.reduce(0) { $0 + $1.key * $1.value }
  }

  /// The objective response rate among all patients, those not evaluable counted as failures.
  package var responseRate: MonteCarloEstimate {
    MonteCarloEstimate(events: responders, of: patients)
  }

  /// The mean of ln(sum/baseline) at a planned scan; nothing where nobody was measured.
  package func meanLogChange(atScan scan: Int) -> Double? {
    let measured = progressionFree[scan] + progressed[scan]
    return measured == 0 ? nil : logChange[scan].value / Double(measured)
  }

  /// The share free of progression at each planned scan.
  ///
  /// The product over scans of the share without PD among those scanned: the estimate of greatest
  /// likelihood for progression known at common scans only, with drop-out between them taken to be
  /// no sign of progression.
  package var progressionFreeShares: [Double] {
    var free = 1.0
    return zip(progressionFree, progressed).map { without, with in
      if without + with > 0 { free *= Double(without) / Double(without + with) }
      return free
    }
  }

  /// Patients at risk of progression between a planned scan and the one before, and progressions,
  /// with half a patient more of each kind: an arm without progressions would have no hazard.
  func riskAndEvents(atScan scan: Int) -> (atRisk: Double, events: Double) {
    (Double(progressionFree[scan] + progressed[scan] + 1), Double(progressed[scan]) + 0.5)
  }

  /// The day on which the share free of progression passes ½ on a straight line between planned
  /// scans; nothing where it does not.
  package func medianProgressionDay(on schedule: ScanSchedule) -> Double? {
    var before = (day: 0.0, share: 1.0)
    for (day, share) in zip(schedule.days, progressionFreeShares) {
      if share <= 0.5 {
        return before.day + (Double(day) - before.day) * (before.share - 0.5)
          / (before.share - share)
      }
      before = (Double(day), share)
    }
    return nil
  }
}
