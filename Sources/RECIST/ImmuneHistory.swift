/// The assessments of one patient by iRECIST: best overall response (iBOR) and progression.
///
/// The best is the first in iCR > iPR > iSD > NON-iCR/NON-iUPD > iCPD > iUPD > NE among the
/// assessments up to the first iCPD; an iUPD ends nothing. Confirmation of a response, where the
/// rules ask for it, and the minimum duration of stable disease work as in RECIST 1.1, and an
/// iUPD stands in the way of a confirmation as a PD does. Progression is dated at the first iUPD
/// of the block that ends in iCPD.
///
/// ## References
///
/// - Seymour L et al. (2017). iRECIST: guidelines for response criteria for use in trials
///   testing immunotherapeutics. *Lancet Oncol* 18:e143–e152, table 3.
public struct ImmuneHistory: Sendable, Hashable {
  /// In order of time.
  public let visits: [ImmuneVisit]
  /// The same assessments by rank, where iUPD and iCPD are both PD.
  public let history: ResponseHistory
  /// The first iUPD of the block that ends in iCPD.
  public let progressionDay: Int?
  /// The iCPD.
  public let progressionConfirmedOn: Int?
  /// The first iUPD of a block that is open at the end.
  public let unconfirmedSince: Int?

  public init(
    _ visits: some Sequence<ImmuneVisit>, rules: BestResponseRules = BestResponseRules(),
    lastDay: Int = .max, newTherapyDay: Int? = nil
  ) {
    let sorted = visits.sorted { ($0.day, $1.response.rank) < ($1.day, $0.response.rank) }
    let confirmed = rules.stopsAtFirstProgression ? Self.firstConfirmed(sorted) : nil
    var free = rules
    free.stopsAtFirstProgression = false
    let history = ResponseHistory(
      sorted.map { ResponseVisit(day: $0.day, response: $0.response.rank) }, rules: free,
      lastDay: min(lastDay, confirmed ?? .max), newTherapyDay: newTherapyDay)
    self.visits = sorted
    self.history = history
    let block = Self.block(sorted.prefix(history.counted.count))
    progressionDay = block.confirmedOn == nil ? nil : block.since
    progressionConfirmedOn = block.confirmedOn
    unconfirmedSince = block.confirmedOn == nil ? block.since : nil
  }

  /// The best overall response.
  public var best: ResponseCode {
    guard history.best.response == .progressiveDisease else {
      return ResponseCode(immune: history.best.response)
    }
    return progressionConfirmedOn == nil
      ? .immune(.unconfirmedProgressiveDisease) : .immune(.confirmedProgressiveDisease)
  }

  /// The day of the first assessment that earns it; of a progression, its date.
  public var bestDay: Int? {
    history.best.response == .progressiveDisease
      ? progressionDay ?? history.best.day : history.best.day
  }

  private static func firstConfirmed(_ visits: [ImmuneVisit]) -> Int? {
    visits.first { $0.response == .immune(.confirmedProgressiveDisease) }?.day
  }

  /// The last run of iUPD, broken by any response but not by NE, and its iCPD.
  private static func block(
    _ visits: ArraySlice<ImmuneVisit>
  ) -> (since: Int?, confirmedOn: Int?) {
    var since: Int?
    for visit in visits {
      if visit.response == .immune(.confirmedProgressiveDisease) {
        return (since ?? visit.day, visit.day)
      }
      switch visit.response.rank {
      case .progressiveDisease: since = since ?? visit.day
      case .notEvaluable, .missing: break
      case .completeResponse, .partialResponse, .stableDisease, .nonCompleteNonProgressive:
        since = nil
      }
    }
    return (since, nil)
  }
}
