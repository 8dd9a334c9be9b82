/// The best overall response (BOR) of one patient.
public struct BestOverallResponse: Sendable, Hashable {
  public let response: ResponseCategory
  /// The day of the first assessment that earns it; nothing when there is none.
  public let day: Int?
  /// The day of the assessment that confirmed it; nothing where none had to.
  public let confirmedOn: Int?

  /// Finds the best response in assessments of any order.
  ///
  /// Unconfirmed, it is the best of CR > PR > SD > NON-CR/NON-PD > PD > NE > MISSING up to and
  /// including the first PD, with SD and NON-CR/NON-PD before the minimum duration counted as
  /// NE. Baseline is not an assessment of response: leave it out.
  ///
  /// Where another source (death, clinical progression, new treatment) ends the evaluation,
  /// `lastDay` is the last day that counts.
  ///
  /// ## References
  ///
  /// - Eisenhauer EA et al. (2009). New response evaluation criteria in solid tumours:
  ///   revised RECIST guideline (version 1.1). *Eur J Cancer* 45:228–247, section 4.4.
  public init(
    _ visits: some Sequence<ResponseVisit>, rules: BestResponseRules = BestResponseRules(),
    lastDay: Int = .max
  ) {
    let counted = Self.counted(visits, rules: rules, lastDay: lastDay)
    var best = Self(response: .missing, day: nil, confirmedOn: nil)
    for index in counted.indices {
      let candidate = Self.candidate(at: index, of: counted, rules: rules)
      if candidate.response > best.response { best = candidate }
    }
    self = best
  }

  private init(response: ResponseCategory, day: Int?, confirmedOn: Int?) {
    self.response = response
    self.day = day
    self.confirmedOn = confirmedOn
  }

  /// The assessments in order of time, up to and including the first PD.
  private static func counted(
    _ visits: some Sequence<ResponseVisit>, rules: BestResponseRules, lastDay: Int
  ) -> [ResponseVisit] {
    let sorted = visits.filter { $0.day <= lastDay && $0.response != .missing }
      .sorted { ($0.day, $1.response) < ($1.day, $0.response) }
    guard rules.stopsAtFirstProgression,
      let first = sorted.firstIndex(where: { $0.response == .progressiveDisease })
    else { return sorted }
    return Array(sorted[...first])
  }

  /// What the assessment at `index` is worth by itself.
  private static func candidate(
    at index: Int, of visits: [ResponseVisit], rules: BestResponseRules
  ) -> Self {
    let visit = visits[index]
    switch visit.response {
    case .completeResponse, .partialResponse:
      return rules.confirmation.map { confirmed(at: index, of: visits, by: $0, rules) }
        ?? Self(response: visit.response, day: visit.day, confirmedOn: nil)
    case .stableDisease, .nonCompleteNonProgressive:
      return stable(visit, rules)
    case .progressiveDisease, .notEvaluable, .missing:
      return Self(response: visit.response, day: visit.day, confirmedOn: nil)
    }
  }

  /// SD (or NON-CR/NON-PD) once the minimum duration is reached, NE before.
  private static func stable(_ visit: ResponseVisit, _ rules: BestResponseRules) -> Self {
    let isLongEnough = visit.day >= rules.minimumStableDays
    let category: ResponseCategory =
      visit.response == .nonCompleteNonProgressive ? .nonCompleteNonProgressive : .stableDisease
    return Self(
      response: isLongEnough ? category : .notEvaluable, day: visit.day, confirmedOn: nil)
  }

  /// A confirmed response; an unconfirmed one is worth SD.
  private static func confirmed(
    at index: Int, of visits: [ResponseVisit], by confirmation: BestResponseRules.Confirmation,
    _ rules: BestResponseRules
  ) -> Self {
    let visit = visits[index]
    let wanted: [ResponseCategory] =
      visit.response == .completeResponse
      ? [.completeResponse, .partialResponse] : [.partialResponse]
    for category in wanted {
      let day = confirmation.day(confirming: category, at: index, of: visits)
      if let day { return Self(response: category, day: visit.day, confirmedOn: day) }
    }
    return stable(visit, rules)
  }
}
