extension BestResponseRules.Confirmation {
  /// The day of the first assessment that confirms the one at `index` as `category`.
  ///
  /// A CR is confirmed by a CR with only CR and NE between. A PR (or a CR that was not confirmed
  /// as such) is confirmed by a CR or PR with only CR, PR and NE between, one SD where that is
  /// accepted, and never a PR after a CR: disease after CR is progression, or the CR was none.
  func day(
    confirming category: ResponseCategory, at index: Int, of visits: [ResponseVisit]
  ) -> Int? {
    var between = Between(sawComplete: visits[index].response == .completeResponse)
    for later in visits[(index + 1)...] {
      let isLate = later.day - visits[index].day >= gapDays
      switch later.response {
      case .completeResponse:
        if isLate { return later.day }
        between.sawComplete = true
      case .partialResponse:
        if category == .completeResponse || between.sawComplete { return nil }
        if isLate { return later.day }
      case .notEvaluable:
        between.notEvaluable += 1
        if between.notEvaluable > maximumNotEvaluable { return nil }
      case .stableDisease:
        between.stable += 1
        let isAccepted = acceptsStableDisease && category == .partialResponse
        if !isAccepted || between.stable > 1 { return nil }
      case .missing, .progressiveDisease, .nonCompleteNonProgressive:
        return nil
      }
    }
    return nil
  }

  private struct Between {
    var sawComplete: Bool
    var notEvaluable = 0
    var stable = 0
  }
}
