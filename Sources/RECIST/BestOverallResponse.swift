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
  /// NE. Where confirmation is required, a response without it counts as SD, or as NE before the
  /// minimum duration. Baseline is not an assessment of response: leave it out.
  ///
  /// - Parameters:
  ///   - visits: The assessments, of any order.
  ///   - rules: The conventions.
  ///   - lastDay: The last day that counts, where another source (death, clinical progression)
  ///     ends the evaluation.
  ///   - newTherapyDay: The day another anti-cancer therapy began; assessments from then on are
  ///     left out where the rules say so.
  ///
  /// ## References
  ///
  /// - Eisenhauer EA et al. (2009). New response evaluation criteria in solid tumours:
  ///   revised RECIST guideline (version 1.1). *Eur J Cancer* 45:228–247, section 4.4.
  public init(
    _ visits: some Sequence<ResponseVisit>, rules: BestResponseRules = BestResponseRules(),
    lastDay: Int = .max, newTherapyDay: Int? = nil
  ) {
    let sorted = visits.sorted(by: BestResponseSearch.isOrdered)
    let search = BestResponseSearch(
      rules: rules, lastDay: lastDay, newTherapyDay: newTherapyDay)
    self.init(sorted[...], search)
  }

  /// Finds the best response of every patient of a table sorted by patient.
  ///
  /// `ranges` says which of `visits` are whose. Patients whose assessments are in order of time
  /// are judged where they lie.
  ///
  /// - Complexity: Linear in the number of visits where responses are confirmed by one of the
  ///   next few assessments.
  public static func all(
    of visits: [ResponseVisit], patients ranges: [Range<Int>],
    rules: BestResponseRules = BestResponseRules()
  ) -> [BestOverallResponse] {
    let search = BestResponseSearch(rules: rules, lastDay: .max, newTherapyDay: nil)
    var all: [BestOverallResponse] = []
    all.reserveCapacity(ranges.count)
    for range in ranges {
      let own = visits[range]
      all.append(
        search.isInOrder(own)
          ? Self(own, search)
          : Self(own.sorted(by: BestResponseSearch.isOrdered)[...], search))
    }
    return all
  }

  init(_ visits: ArraySlice<ResponseVisit>, _ search: BestResponseSearch) {
    let counted = visits.prefix(search.countedPrefix(of: visits))
    let nothing: ResponseCategory = search.rules.missingIsNotEvaluable ? .notEvaluable : .missing
    guard let best = search.best(of: counted) else {
      self.init(response: nothing, day: nil, confirmedOn: nil)
      return
    }
    var confirmedOn: Int?
    if case .confirmed(let day) = best.reason { confirmedOn = day }
    self.init(response: best.worth, day: best.visit.day, confirmedOn: confirmedOn)
  }

  private init(response: ResponseCategory, day: Int?, confirmedOn: Int?) {
    self.response = response
    self.day = day
    self.confirmedOn = confirmedOn
  }
}
