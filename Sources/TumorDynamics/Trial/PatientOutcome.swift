package import RECIST

/// What a trial saw of one virtual patient.
package struct PatientOutcome: Sendable, Hashable {
  /// One scan after baseline.
  package struct Scan: Sendable, Hashable {
    /// The planned scan it is, counted from 0.
    package let index: Int
    package let day: Int
    package let millimeters: Int
    /// The overall response.
    package let response: ResponseCategory
  }

  /// The sum of diameters measured before treatment.
  package let baseline: Int
  /// Until the first PD, the last scan or drop-out; none for a patient who is not evaluable.
  package let scans: [Scan]
  package let best: ResponseCategory

  package init(baseline: Int, scans: [Scan], rules: BestResponseRules) {
    self.baseline = baseline
    self.scans = scans
    best =
      BestOverallResponse(
        scans.map { ResponseVisit(day: $0.day, response: $0.response) }, rules: rules
      ).response
  }

  /// Whether there is a scan at all.
  package var isEvaluable: Bool { !scans.isEmpty }

  /// When the disease progressed.
  ///
  /// Only scans show it: after the last one without PD, and by the first one with it. Deaths are
  /// not simulated, so that this is time to progression.
  package var progression: ProgressionInterval {
    guard let last = scans.last else { return ProgressionInterval(after: 0, by: nil) }
    guard last.response == .progressiveDisease else {
      return ProgressionInterval(after: last.day, by: nil)
    }
    return ProgressionInterval(after: scans.dropLast().last?.day ?? 0, by: last.day)
  }
}
