import Foundation
import RECIST
import ReferenceTesting
import Testing

struct ResponseHistoryTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let `case`: String
    let endpoint: String
    let isConfirmed: Bool
    let acceptsNonTarget: Bool
    let minimumStableDays: Int
    let gapDays: Int?
    let maximumNotEvaluable: Int?
    let acceptsStableDisease: Bool?
    let stopsAtFirstProgression: Bool
    let lastDay: Int?
    let visits: [BestOverallResponseTests.Case.Visit]
    let expected: String
    let expectedDay: Int?

    var testDescription: String { "\(`case`), \(endpoint)" }

    func history() throws -> ResponseHistory {
      ResponseHistory(
        try visits.map {
          ResponseVisit(
            day: $0.day, response: try #require(ResponseCategory(rawValue: $0.response)))
        },
        rules: BestResponseRules(
          minimumStableDays: minimumStableDays, stopsAtFirstProgression: stopsAtFirstProgression,
          confirmation: isConfirmed
            ? .init(
              gapDays: gapDays ?? 28, maximumNotEvaluable: maximumNotEvaluable ?? 1,
              maximumStable: acceptsStableDisease == true ? 1 : 0) : nil),
        lastDay: lastDay ?? .max)
    }
  }

  static let table = Result {
    try ReferenceTable<Case>.load("response-endpoints", in: .module)
  }

  @Test("agrees with admiralonco on every endpoint", arguments: try table.get().rows)
  func endpoints(row: Case) throws {
    let history = try row.history()
    if row.endpoint == "last" {
      #expect(history.last?.response.rawValue == row.expected)
      #expect(history.last?.day == row.expectedDay)
      return
    }
    let day =
      switch row.endpoint {
      case "response": history.responseDay
      case "disease control":
        history.diseaseControlDay(acceptingNonTarget: row.acceptsNonTarget)
      default: history.progressionDay
      }
    #expect((day == nil ? "N" : "Y") == row.expected)
    #expect(day == row.expectedDay)
  }

  @Test func `the table is whole`() throws {
    #expect(try Self.table.get().rows.count == 54)
  }

  static let confirming = BestResponseRules(confirmation: .init())

  private func history(
    _ visits: [(Int, ResponseCategory)], _ rules: BestResponseRules = confirming,
    lastDay: Int = .max, newTherapyDay: Int? = nil
  ) -> ResponseHistory {
    ResponseHistory(
      visits.map { ResponseVisit(day: $0.0, response: $0.1) }, rules: rules, lastDay: lastDay,
      newTherapyDay: newTherapyDay)
  }

  @Test(
    "says what confirmed a response, or what did not",
    arguments: [
      ([(84, .partialResponse), (168, .partialResponse)], .confirmed(day: 168)),
      ([(84, .partialResponse)], .notDerivable),
      ([(84, .partialResponse), (126, .notEvaluable)], .notDerivable),
      ([(84, .partialResponse), (126, .missing)], .notDerivable),
      (
        [(84, .partialResponse), (111, .partialResponse)],
        .notConfirmed(.tooSoon(day: 111))
      ),
      (
        [(84, .partialResponse), (126, .stableDisease), (168, .partialResponse)],
        .notConfirmed(.followedBy(.stableDisease, day: 126))
      ),
      (
        [(84, .partialResponse), (126, .progressiveDisease)],
        .notConfirmed(.followedBy(.progressiveDisease, day: 126))
      ),
      (
        [(84, .partialResponse), (98, .completeResponse), (126, .partialResponse)],
        .notConfirmed(.followedBy(.partialResponse, day: 126))
      ),
      (
        [
          (84, .completeResponse), (98, .notEvaluable), (105, .notEvaluable),
          (126, .completeResponse),
        ], .notConfirmed(.notEvaluable(day: 105))
      ),
    ] as [([(Int, ResponseCategory)], VisitDecision.Reason)])
  func reasons(visits: [(Int, ResponseCategory)], reason: VisitDecision.Reason) {
    #expect(history(visits).decisions.first?.reason == reason)
  }

  @Test func `a response first seen at the last scan stays undecided`() {
    let last = history([(42, .stableDisease), (84, .partialResponse)])
    #expect(last.best.response == .stableDisease)
    #expect(last.undecided?.visit.day == 84)
    let refuted = history([(42, .partialResponse), (84, .stableDisease)])
    #expect(refuted.undecided == nil)
    // A PR that is certain, and a CR that may be.
    let better = history(
      [(42, .partialResponse), (84, .partialResponse), (126, .completeResponse)])
    #expect(better.best.response == .partialResponse)
    #expect(better.undecided?.visit.response == .completeResponse)
  }

  @Test(
    "a window ends the search for a confirmation",
    arguments: [
      (84, .confirmed(day: 126)), (42, .confirmed(day: 126)),
      (41, .notConfirmed(.tooLate(day: 126))),
    ] as [(Int, VisitDecision.Reason)])
  func window(days: Int, reason: VisitDecision.Reason) {
    let rules = BestResponseRules(confirmation: .init(windowDays: days))
    let decisions = history([(84, .partialResponse), (126, .partialResponse)], rules).decisions
    #expect(decisions[0].reason == reason)
    let late = history(
      [(84, .partialResponse), (105, .partialResponse), (189, .notEvaluable)], rules)
    #expect(late.decisions[0].reason == .notConfirmed(.tooSoon(day: 105)))
  }

  @Test("stable visits between are counted", arguments: [0, 1, 2])
  func stable(maximum: Int) {
    let rules = BestResponseRules(confirmation: .init(maximumStable: maximum))
    let visits: [(Int, ResponseCategory)] = [
      (42, .partialResponse), (84, .stableDisease), (126, .stableDisease), (168, .partialResponse),
    ]
    #expect(history(visits, rules).best.response.isObjectiveResponse == (maximum == 2))
  }

  @Test("assessments from a new therapy on are left out", arguments: [83, 84, 85])
  func newTherapy(day: Int) {
    let visits: [(Int, ResponseCategory)] = [(42, .stableDisease), (84, .partialResponse)]
    let cut = history(visits, BestResponseRules(), newTherapyDay: day)
    #expect((cut.best.response == .partialResponse) == (day > 84))
    if day <= 84 { #expect(cut.decisions[1].reason == .afterEnd(day: day - 1)) }
    let kept = history(visits, BestResponseRules(stopsAtNewTherapy: false), newTherapyDay: day)
    #expect(kept.best.response == .partialResponse)
  }

  @Test func `what follows a progression is left out by name`() {
    let cut = history([(42, .progressiveDisease), (84, .completeResponse)])
    #expect(cut.decisions[1].reason == .afterProgression(day: 42))
    #expect(cut.best.response == .progressiveDisease)
    let kept = history(
      [(42, .progressiveDisease), (84, .completeResponse)],
      BestResponseRules(stopsAtFirstProgression: false))
    #expect(kept.best.response == .completeResponse)
  }

  @Test func `a patient without assessments is missing, or not evaluable by choice`() {
    #expect(history([]).best.response == .missing)
    let rules = BestResponseRules(missingIsNotEvaluable: true)
    #expect(history([], rules).best.response == .notEvaluable)
    let notDone = history([(42, .missing)], rules)
    #expect(notDone.best.response == .missing)
    #expect(notDone.best.day == 42)
  }
}
