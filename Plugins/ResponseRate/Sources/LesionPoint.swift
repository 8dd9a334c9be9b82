import RECIST
import TrialData

/// One assessment as the lesions tell it, by RECIST or iRECIST.
struct LesionPoint {
  let day: Int
  let visit: String?
  let target: TargetAssessment?
  let nonTarget: ResponseCategory?
  let hasNewLesion: Bool
  let overall: ResponseCode
  /// The rules that fired, with their numbers.
  let sentence: String

  init(_ point: DerivedTimePoint, _ criteria: ResponseCriteria) {
    day = point.day
    visit = point.visit
    target = point.target
    nonTarget = point.nonTarget
    hasNewLesion = point.newLesion
    overall = .recist(point.overall)
    sentence = Self.join(
      point.target, criteria, point.overallRule.sentence(nonTarget: point.nonTarget),
      isPlain: [.targetResponse, .targetProgression].contains(point.overallRule))
  }

  init(_ timePoint: ImmuneLesionHistory.TimePoint) {
    let point = timePoint.point
    day = point.day
    visit = timePoint.visit
    target = point.target
    nonTarget = point.nonTarget
    hasNewLesion = !point.newLesions.isEmpty
    overall = point.response
    sentence = Self.join(
      point.target, .recist1_1, point.rule.sentence(nonTarget: point.nonTarget),
      isPlain: point.rule == .table(.targetResponse))
  }

  /// The target rule, then what became of it unless it simply stands.
  private static func join(
    _ target: TargetAssessment?, _ criteria: ResponseCriteria, _ overall: String, isPlain: Bool
  ) -> String {
    guard let target else { return overall }
    let own = "target \(target.response.rawValue): \(target.sentence(criteria))"
    return isPlain ? own : "\(own); \(overall)"
  }
}
