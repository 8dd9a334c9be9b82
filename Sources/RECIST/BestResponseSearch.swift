/// Judges the assessments of one patient, in order of time.
///
/// The same decisions make the best response and explain it; they allocate nothing.
struct BestResponseSearch {
  let rules: BestResponseRules
  /// The last day that counts.
  let lastDay: Int

  init(rules: BestResponseRules, lastDay: Int, newTherapyDay: Int?) {
    self.rules = rules
    let lastBefore = rules.stopsAtNewTherapy ? newTherapyDay.map { $0 - 1 } : nil
    self.lastDay = min(lastDay, lastBefore ?? .max)
  }

  /// Assessments on one day: the better first, so that it counts before a PD ends the evaluation.
  static func isOrdered(_ left: ResponseVisit, _ right: ResponseVisit) -> Bool {
    left.day != right.day ? left.day < right.day : left.response > right.response
  }

  func isInOrder(_ visits: ArraySlice<ResponseVisit>) -> Bool {
    for index in visits.indices.dropFirst() where Self.isOrdered(visits[index], visits[index - 1]) {
      return false
    }
    return true
  }

  /// How many of the assessments count.
  func countedPrefix(of visits: ArraySlice<ResponseVisit>) -> Int {
    for index in visits.indices {
      if visits[index].day > lastDay { return index - visits.startIndex }
      if rules.stopsAtFirstProgression, visits[index].response == .progressiveDisease {
        return index + 1 - visits.startIndex
      }
    }
    return visits.count
  }

  /// What the assessment at `index` is worth by itself, among those that count.
  func decision(at index: Int, of visits: ArraySlice<ResponseVisit>) -> VisitDecision {
    let visit = visits[index]
    switch visit.response {
    case .completeResponse, .partialResponse:
      guard let confirmation = rules.confirmation else { return Self.asRead(visit) }
      let reason = confirmation.search(at: index, of: visits)
      if case .confirmed = reason {
        return VisitDecision(visit: visit, worth: visit.response, reason: reason)
      }
      return VisitDecision(
        visit: visit, worth: isLate(visit) ? .stableDisease : .notEvaluable, reason: reason)
    case .stableDisease, .nonCompleteNonProgressive:
      return isLate(visit)
        ? Self.asRead(visit)
        : VisitDecision(visit: visit, worth: .notEvaluable, reason: .beforeMinimum)
    case .progressiveDisease, .notEvaluable:
      return Self.asRead(visit)
    case .missing:
      return VisitDecision(visit: visit, worth: .missing, reason: .notDone)
    }
  }

  /// The index and decision of the first assessment with the best worth.
  func best(of visits: ArraySlice<ResponseVisit>) -> VisitDecision? {
    var best: VisitDecision?
    for index in visits.indices {
      let candidate = decision(at: index, of: visits)
      if let known = best, known.worth >= candidate.worth { continue }
      best = candidate
      if candidate.worth == .completeResponse { break }
    }
    return best
  }

  private func isLate(_ visit: ResponseVisit) -> Bool { visit.day >= rules.minimumStableDays }

  private static func asRead(_ visit: ResponseVisit) -> VisitDecision {
    VisitDecision(visit: visit, worth: visit.response, reason: .asRead)
  }
}
