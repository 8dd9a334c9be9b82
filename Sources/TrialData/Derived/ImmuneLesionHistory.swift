public import RECIST

/// What one reader's measurements of one patient say by iRECIST, assessment by assessment.
///
/// Assessments are grouped as in ``LesionHistory``. A new lesion that was reported on a day without
/// a record of its own counts as one more, not measured.
public struct ImmuneLesionHistory: Sendable, Hashable {
  /// One assessment and the name of its visit.
  public struct TimePoint: Sendable, Hashable {
    public let visit: String?
    public let point: ImmuneTimePoint
  }

  public let subject: String
  public let evaluator: String?
  public let timePoints: [TimePoint]
  /// Where the choice of target lesions is not what the criteria ask for.
  public let baselineProblems: [BaselineProblem]

  /// The responses, for `ImmuneHistory`.
  public var visits: [ImmuneVisit] {
    timePoints.map { ImmuneVisit(day: $0.point.day, response: $0.point.response) }
  }
}
