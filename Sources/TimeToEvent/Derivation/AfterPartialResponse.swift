import RECIST

/// What became of a tumor after its first partial response.
///
/// Only what was seen up to progression, death or another therapy counts.
public enum AfterPartialResponse: Sendable, Hashable {
  /// A complete response followed, first on this day.
  case consolidated(day: Int)
  /// Still a partial response when last seen.
  case held(day: Int)
  /// Grown back to stable disease when last seen, and no further.
  case stabilized(day: Int)
  /// The next evaluable assessment was the progression.
  case progressed(day: Int)
  /// No evaluable assessment followed.
  case notSeenAgain
}

extension EndpointDerivation {
  /// Nothing where the first response, if there is one, is not partial.
  public func afterPartialResponse(_ course: PatientCourse) -> AfterPartialResponse? {
    guard case .time(let time) = outcome(.stabilization, of: course) else { return nil }
    let later = course.visits.filter {
      $0.day > time.startDay && $0.day <= time.endDay && $0.response.rank.isEvaluable
    }
    if let day = later.first(where: { $0.response.rank == .completeResponse })?.day {
      return .consolidated(day: day)
    }
    let progression = time.occurred ? time.endDay : .max
    guard let last = later.last(where: { $0.day < progression }) else {
      return time.occurred ? .progressed(day: time.endDay) : .notSeenAgain
    }
    return last.response.rank == .partialResponse
      ? .held(day: last.day) : .stabilized(day: last.day)
  }
}
