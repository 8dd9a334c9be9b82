internal import Glibc
package import RECIST

/// A published arm of a chemotherapy alone, for a model of that chemotherapy to meet.
package struct BackboneControl: Sendable, Hashable {
  package var responders: Int
  /// All patients the response rate is of, those not evaluable counted as failures.
  package var patients: Int
  /// Median progression-free survival; with it the new-lesion hazard is solved too.
  package var medianDays: Double?
  package var scanIntervalDays: Int
  /// The share of patients without a scan.
  package var notEvaluableShare: Double
  /// Whether responses were confirmed at 28 days or later.
  package var isConfirmed: Bool
  package var standard: ResponseStandard

  package init(
    responders: Int, patients: Int, medianDays: Double? = nil, scanIntervalDays: Int = 56,
    notEvaluableShare: Double = 0, isConfirmed: Bool = false,
    standard: ResponseStandard = .recist1_1
  ) {
    self.responders = responders
    self.patients = patients
    self.medianDays = medianDays
    self.scanIntervalDays = scanIntervalDays
    self.notEvaluableShare = notEvaluableShare
    self.isConfirmed = isConfirmed
    self.standard = standard
  }

  package var responseRate: Double { Double(responders) / Double(patients) }

  /// The control's own scans: one every interval, up to the first not before 24 weeks and twice
  /// the median, by when nearly every response has been seen.
  package func schedule() throws(TumorDynamicsError) -> ScanSchedule {
    try check()
    let interval = Double(scanIntervalDays)
    let last = Int((max(168, 2 * (medianDays ?? 0)) / interval).rounded(.up))
    return try ScanSchedule((1...last).map { $0 * scanIntervalDays })
  }

  /// What simulated patients have to meet.
  func target() throws(TumorDynamicsError) -> CalibrationTarget {
    CalibrationTarget(
      responseRate: responseRate,
      progressionFree: medianDays.map { .init(share: 0.5, day: $0) }, schedule: try schedule())
  }

  private func check() throws(TumorDynamicsError) {
    guard standard != .immune else { throw .unsimulatedCriteria }
    guard patients > 0, responders > 0, responders < patients else {
      throw .responseCountToCalibrateTo(responders: responders, patients: patients)
    }
    for (name, value) in [
      ("the scan interval", Double(scanIntervalDays)), ("the median", medianDays ?? 1),
    ] {
      guard value > 0, value.isFinite else { throw .notPositive(name: name, value: value) }
    }
    guard notEvaluableShare >= 0, notEvaluableShare < 1 else {
      throw .shareOutOfRange(notEvaluableShare)
    }
  }
}
