package import RECIST

/// How a trial looks at its patients, whatever their tumors do.
package struct TrialConduct: Sendable, Hashable {
  package var schedule: ScanSchedule
  /// A scan falls on any whole day up to so many before or after the planned one, each as likely.
  package var windowDays: Int
  /// *a*: the standard deviation of a measurement error in millimeters, beside the proportional one.
  package var errorMillimeters: Double
  /// The hazard, per day, of unequivocal progression of non-target lesions.
  package var nonTargetHazard: Double
  /// The hazard, per day, of leaving the trial without progression.
  package var dropoutHazard: Double
  /// RECIST 1.0 knows no smallest growth in millimeters, RECIST 1.1 has 5 mm; iRECIST is refused.
  package var standard: ResponseStandard
  /// Confirmation and the minimum duration of stable disease.
  package var rules: BestResponseRules

  package init(
    schedule: ScanSchedule, windowDays: Int = 0, errorMillimeters: Double = 0,
    nonTargetHazard: Double = 0, dropoutHazard: Double = 0,
    standard: ResponseStandard = .recist1_1,
    rules: BestResponseRules = BestResponseRules(missingIsNotEvaluable: true)
  ) {
    self.schedule = schedule
    self.windowDays = windowDays
    self.errorMillimeters = errorMillimeters
    self.nonTargetHazard = nonTargetHazard
    self.dropoutHazard = dropoutHazard
    self.standard = standard
    self.rules = rules
  }

  func check() throws(TumorDynamicsError) {
    guard standard != .immune else { throw .unsimulatedCriteria }
    for (name, value) in [
      ("the scan window", Double(windowDays)), ("the measurement error", errorMillimeters),
      ("the non-target hazard", nonTargetHazard), ("the drop-out hazard", dropoutHazard),
    ] where !(value >= 0 && value.isFinite) {
      throw .unusableConstant(name: name, value: value)
    }
    let starts = zip([-windowDays] + schedule.days, schedule.days)
    guard starts.allSatisfy({ $1 - $0 > 2 * windowDays }) else {
      throw .windowsOverlap(days: windowDays, scanDays: schedule.days)
    }
  }

  /// Every day on which somebody may be scanned, window after window.
  var possibleDays: [Int] {
    schedule.days.flatMap { ($0 - windowDays)...($0 + windowDays) }
  }
}
