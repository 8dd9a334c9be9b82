import RECIST

/// The best overall response of one patient under one rule set.
struct PatientBest: Sendable, Hashable {
  let code: ResponseCode
  /// Its rank among the RECIST categories; iUPD and iCPD are both PD.
  let response: ResponseCategory
  let day: Int?
  let confirmedOn: Int?
  /// A better response that was first seen at the last scan.
  let undecided: VisitDecision?
  let decisions: [VisitDecision]

  init(_ visits: [ImmuneVisit], _ set: ResponseRuleSet, newTherapyDay: Int?) {
    if set.standard == .immune {
      let immune = ImmuneHistory(visits, rules: set.best, newTherapyDay: newTherapyDay)
      self.init(immune.best, immune.history, day: immune.bestDay)
    } else {
      let history = ResponseHistory(
        visits.compactMap { visit in
          visit.response.category.map { ResponseVisit(day: visit.day, response: $0) }
        }, rules: set.best, newTherapyDay: newTherapyDay)
      self.init(.recist(history.best.response), history, day: history.best.day)
    }
  }

  private init(_ code: ResponseCode, _ history: ResponseHistory, day: Int?) {
    self.code = code
    response = code.rank
    self.day = day
    confirmedOn = history.best.confirmedOn
    undecided = history.undecided
    decisions = history.decisions
  }

  var isDiseaseControl: Bool { response >= .nonCompleteNonProgressive }
}
