/// The assessments of one patient under one set of rules: every decision and every endpoint.
///
/// It decides exactly as ``BestOverallResponse`` does and keeps the reasons.
public struct ResponseHistory: Sendable, Hashable {
  public let rules: BestResponseRules
  /// One for each assessment, in order of time; those that do not count are MISSING.
  public let decisions: [VisitDecision]
  public let best: BestOverallResponse
  private let countedPrefix: Int

  /// - Parameters: As for ``BestOverallResponse/init(_:rules:lastDay:newTherapyDay:)``.
  public init(
    _ visits: some Sequence<ResponseVisit>, rules: BestResponseRules = BestResponseRules(),
    lastDay: Int = .max, newTherapyDay: Int? = nil
  ) {
    let sorted = visits.sorted(by: BestResponseSearch.isOrdered)
    let search = BestResponseSearch(
      rules: rules, lastDay: lastDay, newTherapyDay: newTherapyDay)
    let count = search.countedPrefix(of: sorted[...])
    let left: VisitDecision.Reason =
      if count > 0, rules.stopsAtFirstProgression,
        sorted[count - 1].response == .progressiveDisease
      {
        .afterProgression(day: sorted[count - 1].day)
      } else {
        .afterEnd(day: search.lastDay)
      }
    self.rules = rules
    countedPrefix = count
    var decisions: [VisitDecision] = []
    for index in sorted.indices {
      decisions.append(
        index < count
          ? search.decision(at: index, of: sorted[..<count])
          : VisitDecision(visit: sorted[index], worth: .missing, reason: left))
    }
    self.decisions = decisions
    best = BestOverallResponse(sorted[...], search)
  }

  /// The decisions on assessments that count.
  public var counted: ArraySlice<VisitDecision> { decisions[..<countedPrefix] }

  /// The first assessment with a response better than the best response that counts, where no
  /// later evaluable assessment could confirm it.
  ///
  /// The best response then is what is certain, not what may be: a response first seen at the
  /// last scan is neither confirmed nor refuted.
  public var undecided: VisitDecision? {
    counted.first { $0.reason == .notDerivable && $0.visit.response > best.response }
  }

  // MARK: Endpoints

  /// The day of the first response, confirmed where the rules require it.
  public var responseDay: Int? {
    counted.first { $0.worth.isObjectiveResponse }?.visit.day
  }

  /// The day from which there is disease control (clinical benefit).
  ///
  /// The first response, or the first CR, PR, SD or, where it is accepted, NON-CR/NON-PD from the
  /// minimum duration on.
  public func diseaseControlDay(acceptingNonTarget isAccepted: Bool = true) -> Int? {
    let lowest: ResponseCategory = isAccepted ? .nonCompleteNonProgressive : .stableDisease
    return counted.first { $0.worth >= lowest }?.visit.day
  }

  /// The day of the first PD.
  public var progressionDay: Int? {
    counted.first { $0.visit.response == .progressiveDisease }?.visit.day
  }

  /// The last assessment that counts and was done.
  public var last: ResponseVisit? {
    counted.last { $0.visit.response != .missing }?.visit
  }
}
