/// What a control arm showed, for a model to show as well.
package struct CalibrationTarget: Sendable, Hashable {
  /// A share of patients free of progression at a day, its median where the share is ½.
  package struct ProgressionFree: Sendable, Hashable {
    package var share: Double
    package var day: Double

    package init(share: Double, day: Double) {
      self.share = share
      self.day = day
    }
  }

  /// The unconfirmed response rate among all patients, those not evaluable counted as failures.
  package var responseRate: Double
  /// With it the new-lesion hazard is solved too; without, the model's is kept.
  package var progressionFree: ProgressionFree?
  /// The control's own scans.
  package var schedule: ScanSchedule

  package init(
    responseRate: Double, progressionFree: ProgressionFree? = nil, schedule: ScanSchedule
  ) {
    self.responseRate = responseRate
    self.progressionFree = progressionFree
    self.schedule = schedule
  }

  func check() throws(TumorDynamicsError) {
    for share in [responseRate, progressionFree?.share ?? 0.5] where !(share > 0 && share < 1) {
      throw .rateOutOfRange(share)
    }
    if let day = progressionFree?.day, let last = schedule.days.last, !(day <= Double(last)) {
      throw .dayBeyondScans(day: day, lastScan: last)
    }
  }
}
