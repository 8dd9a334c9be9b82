import RECIST
import Testing

/// Laws over every history of up to five assessments, 30 days apart.
struct BestResponseLaws {
  static let histories: [[ResponseCategory]] = {
    var all: [[ResponseCategory]] = [[]]
    var longest = all
    for _ in 0..<5 {
      longest = longest.flatMap { history in
        ResponseCategory.allCases.filter { $0 != .missing }.map { history + [$0] }
      }
      all += longest
    }
    return all
  }()

  static let ruleSets: [BestResponseRules] = [
    .init(), .init(minimumStableDays: 0), .init(minimumStableDays: 56, confirmation: .init()),
    .init(confirmation: .init(gapDays: 31, maximumNotEvaluable: 0)),
    .init(confirmation: .init(gapDays: 60, maximumStable: 1)),
    .init(confirmation: .init(windowDays: 45)),
  ]

  private static func visits(_ history: some Sequence<ResponseCategory>) -> [ResponseVisit] {
    history.enumerated().map { ResponseVisit(day: 30 * ($0 + 1), response: $1) }
  }

  private static func mismatch(_ law: String, _ history: [ResponseCategory]) {
    Issue.record("\(law): \(history.map(\.rawValue))")
  }

  @Test func `there are 9,331 histories`() { #expect(Self.histories.count == 9331) }

  @Test func `unconfirmed, the best of what counts is the maximum`() {
    for history in Self.histories {
      let end = history.firstIndex(of: .progressiveDisease) ?? history.count - 1
      let worths = history[..<(end + 1)].enumerated().map { index, response in
        [.stableDisease, .nonCompleteNonProgressive].contains(response) && 30 * (index + 1) < 42
          ? .notEvaluable : response
      }
      let best = BestOverallResponse(Self.visits(history)).response
      if best != worths.max() ?? .missing { Self.mismatch("maximum", history) }
    }
  }

  @Test("never improves after a progression", arguments: ruleSets)
  func progression(rules: BestResponseRules) {
    for history in Self.histories {
      guard let end = history.firstIndex(of: .progressiveDisease) else { continue }
      let whole = BestOverallResponse(Self.visits(history), rules: rules)
      let before = BestOverallResponse(Self.visits(history[...end]), rules: rules)
      if whole != before { Self.mismatch("after progression", history) }
    }
  }

  @Test("confirmed is never better than unconfirmed", arguments: ruleSets)
  func confirmation(rules: BestResponseRules) {
    var free = rules
    free.confirmation = nil
    for history in Self.histories {
      let visits = Self.visits(history)
      let confirmed = BestOverallResponse(visits, rules: rules)
      let unconfirmed = BestOverallResponse(visits, rules: free)
      if confirmed.response > unconfirmed.response { Self.mismatch("confirmation helps", history) }
      if rules.confirmation != nil, confirmed.response.isObjectiveResponse,
        confirmed.confirmedOn == nil
      {
        Self.mismatch("a confirmed response without its confirmation", history)
      }
    }
  }

  @Test("stricter rules never help", arguments: ruleSets)
  func stricter(rules: BestResponseRules) {
    for history in Self.histories {
      let visits = Self.visits(history)
      let best = BestOverallResponse(visits, rules: rules).response
      for strict in Self.stricter(than: rules)
      where BestOverallResponse(visits, rules: strict).response > best {
        Self.mismatch("\(strict)", history)
      }
    }
  }

  private static func stricter(than rules: BestResponseRules) -> [BestResponseRules] {
    var later = rules
    later.minimumStableDays += 30
    guard let confirmation = rules.confirmation else { return [later] }
    var longer = rules
    longer.confirmation?.gapDays += 30
    var fewer = rules
    fewer.confirmation?.maximumNotEvaluable = max(0, confirmation.maximumNotEvaluable - 1)
    var noStable = rules
    noStable.confirmation?.maximumStable = 0
    var window = rules
    window.confirmation?.windowDays = (confirmation.windowDays ?? 90) - 30
    return [later, longer, fewer, noStable, window]
  }

  @Test("the order of the rows does not matter, and the table agrees", arguments: ruleSets)
  func order(rules: BestResponseRules) {
    var rows: [ResponseVisit] = []
    var ranges: [Range<Int>] = []
    for history in Self.histories {
      let visits = Self.visits(history)
      ranges.append(rows.count..<(rows.count + visits.count))
      rows += ranges.count.isMultiple(of: 2) ? visits.reversed() : visits
    }
    let all = BestOverallResponse.all(of: rows, patients: ranges, rules: rules)
    for (index, history) in Self.histories.enumerated() {
      let best = BestOverallResponse(Self.visits(history), rules: rules)
      if all[index] != best { Self.mismatch("table", history) }
      if BestOverallResponse(Self.visits(history).reversed(), rules: rules) != best {
        Self.mismatch("order", history)
      }
    }
  }

  @Test("the trace tells the whole story", arguments: ruleSets)
  func trace(rules: BestResponseRules) {
    for history in Self.histories {
      let story = ResponseHistory(Self.visits(history), rules: rules)
      if story.decisions.count != history.count { Self.mismatch("one decision a visit", history) }
      let best = story.decisions.map(\.worth).max() ?? .missing
      if best != story.best.response { Self.mismatch("best of the decisions", history) }
      let first = story.decisions.first { $0.worth == best }
      if first?.visit.day != story.best.day { Self.mismatch("first of the best", history) }
      if let undecided = story.undecided, undecided.visit.response <= best {
        Self.mismatch("undecided is better", history)
      }
    }
  }
}
