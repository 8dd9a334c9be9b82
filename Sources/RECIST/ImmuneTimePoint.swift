/// The iRECIST response at one assessment, and why.
public struct ImmuneTimePoint: Sendable, Hashable {
  /// Where disease progresses.
  public enum Site: String, Sendable, Codable, CaseIterable {
    case target, nonTarget = "non-target", newLesion = "new lesion"
  }

  /// What further worsening confirms an earlier iUPD.
  public enum Evidence: Sendable, Hashable {
    /// The target lesions read both times grew by this much.
    case targetGrowth(Millimeters)
    case nonTargetGrowth
    /// The measurable new lesions read both times grew by this much.
    case newLesionGrowth(Millimeters)
    /// A new lesion that is not measurable grew.
    case smallNewLesionGrowth
    case moreNewLesions([String])
    /// Progression by RECIST 1.1 where there was none before.
    case progression(Site)
  }

  /// The rule that decided; days are those of the first iUPD of the block.
  public enum Rule: Sendable, Hashable {
    /// No progression is open: the time-point table.
    case table(OverallRule)
    /// Progression by RECIST 1.1, unconfirmed as yet.
    case firstProgression([Site])
    /// An open progression that neither worsened nor went away.
    case unchanged(since: Int)
    /// Nothing progresses but the new lesion is still there, and no response came after it.
    case newLesionRemains(since: Int)
    /// It worsened, too soon after the first iUPD to confirm it.
    case tooSoon(Evidence, since: Int)
    case confirmed(Evidence, since: Int)
    /// Not confirmed: the response is assigned and the bar resets.
    case reset(OverallRule, since: Int)
    /// Not evaluable while a progression is open; it stays open.
    case notEvaluable(since: Int)
  }

  public let day: Int
  /// Nothing for a patient without target lesions.
  public let target: TargetAssessment?
  /// Nothing for a patient without non-target lesions.
  public let nonTarget: ResponseCategory?
  /// New lesions seen here for the first time.
  public let appeared: [String]
  /// All new lesions that are there.
  public let newLesions: [String]
  public let response: ResponseCode
  public let rule: Rule
}
