extension BestResponseRules.Confirmation {
  /// Looks for the assessment that confirms the one at `index`.
  ///
  /// A CR is confirmed by a CR with only CR and NE between. A PR is confirmed by a CR or PR with
  /// only CR, PR, NE and as many SD as are allowed between, and never by a PR after a CR: disease
  /// after CR is progression, or the CR was none.
  func search(at index: Int, of visits: ArraySlice<ResponseVisit>) -> VisitDecision.Reason {
    let response = visits[index]
    var between = Between()
    for next in (index + 1)..<visits.endIndex {
      let later = visits[next]
      if later.response == .missing { continue }
      if let windowDays, later.day - response.day > windowDays {
        return later.response == .notEvaluable
          ? between.outcome : .notConfirmed(.tooLate(day: later.day))
      }
      if later.response == .notEvaluable {
        between.notEvaluable += 1
        if between.notEvaluable > maximumNotEvaluable {
          return .notConfirmed(.notEvaluable(day: later.day))
        }
        continue
      }
      guard allows(later.response, after: response.response, &between) else {
        return .notConfirmed(.followedBy(later.response, day: later.day))
      }
      if later.response >= response.response, later.day - response.day >= gapDays {
        return .confirmed(day: later.day)
      }
      between.lastDay = later.day
    }
    return between.outcome
  }

  /// Whether an evaluable assessment leaves the response standing.
  private func allows(
    _ later: ResponseCategory, after response: ResponseCategory, _ between: inout Between
  ) -> Bool {
    switch later {
    case .completeResponse:
      between.sawComplete = true
      return true
    case .partialResponse:
      return response == .partialResponse && !between.sawComplete
    case .stableDisease:
      between.stable += 1
      return response == .partialResponse && between.stable <= maximumStable
    case .missing, .notEvaluable, .progressiveDisease, .nonCompleteNonProgressive:
      return false
    }
  }

  private struct Between {
    var sawComplete = false
    var notEvaluable = 0
    var stable = 0
    /// The day of the last evaluable assessment after the response.
    var lastDay: Int?

    /// When the assessments run out before one confirms.
    var outcome: VisitDecision.Reason {
      lastDay.map { .notConfirmed(.tooSoon(day: $0)) } ?? .notDerivable
    }
  }
}
