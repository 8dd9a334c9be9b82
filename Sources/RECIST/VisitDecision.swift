/// What one assessment is worth to the best overall response, and why.
public struct VisitDecision: Sendable, Hashable {
  public let visit: ResponseVisit
  /// The category it contributes: an unconfirmed response counts as SD, an early SD as NE.
  public let worth: ResponseCategory
  public let reason: Reason

  /// The rule that decided.
  public enum Reason: Sendable, Hashable {
    /// Counts as it was read.
    case asRead
    /// SD or NON-CR/NON-PD before the minimum duration.
    case beforeMinimum
    /// A response that an assessment on this day confirms.
    case confirmed(day: Int)
    /// A response that was not confirmed, and what stood in the way.
    case notConfirmed(Obstacle)
    /// A response that nothing evaluable follows: whether it lasted cannot be known.
    case notDerivable
    /// The assessment was not done: it neither counts nor stands in the way.
    case notDone
    /// Later than the first progression, on this day.
    case afterProgression(day: Int)
    /// From the start of another therapy on, or after the last day that counts.
    case afterEnd(day: Int)
  }

  /// Why a response was not confirmed.
  public enum Obstacle: Sendable, Hashable {
    /// What followed it, on which day, ruled confirmation out.
    case followedBy(ResponseCategory, day: Int)
    /// More assessments that could not be evaluated than are allowed between.
    case notEvaluable(day: Int)
    /// Every later assessment came sooner than the gap; the last of them on this day.
    case tooSoon(day: Int)
    /// The first assessment after the gap came later than the window.
    case tooLate(day: Int)
  }
}
