public import RECIST

/// The response at one assessment, derived from the lesions.
public struct DerivedTimePoint: Sendable, Hashable {
  /// The first day of the assessment.
  public let day: Int
  public let visit: String?
  /// Nothing for a patient without target lesions.
  public let target: TargetAssessment?
  /// Nothing for a patient without non-target lesions.
  public let nonTarget: ResponseCategory?
  public let newLesion: Bool
  public let overall: ResponseCategory
  /// The row of the time-point table that gave ``overall``.
  public var overallRule: OverallRule {
    OverallRule(target: target?.response, nonTarget: nonTarget, newLesion: newLesion)
  }
}
