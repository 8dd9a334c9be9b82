import Foundation
import RECIST
import ReferenceTesting
import Testing

struct BestOverallResponseTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    struct Visit: Decodable, Sendable {
      let day: Int
      let response: String
    }
    let `case`: String
    let minimumStableDays: Int
    let gapDays: Int?
    let maximumNotEvaluable: Int?
    let acceptsStableDisease: Bool?
    let missingAsNotEvaluable: Bool
    let stopsAtFirstProgression: Bool
    let lastDay: Int?
    let visits: [Visit]
    let expected: String
    let expectedDay: Int?

    var testDescription: String { `case` }

    func responseVisits() throws -> [ResponseVisit] {
      try visits.map {
        ResponseVisit(day: $0.day, response: try #require(ResponseCategory(rawValue: $0.response)))
      }
    }

    func rules(confirmed: Bool) -> BestResponseRules {
      BestResponseRules(
        minimumStableDays: minimumStableDays, stopsAtFirstProgression: stopsAtFirstProgression,
        missingIsNotEvaluable: missingAsNotEvaluable,
        confirmation: confirmed
          ? .init(
            gapDays: gapDays ?? 28, maximumNotEvaluable: maximumNotEvaluable ?? 1,
            maximumStable: acceptsStableDisease == true ? 1 : 0) : nil)
    }

    func best(confirmed: Bool) throws -> BestOverallResponse {
      BestOverallResponse(
        try responseVisits(), rules: rules(confirmed: confirmed), lastDay: lastDay ?? .max)
    }
  }

  static let unconfirmed = Result {
    try ReferenceTable<Case>.load("best-overall-response", in: .module)
  }
  static let confirmed = Result {
    try ReferenceTable<Case>.load("confirmed-best-overall-response", in: .module)
  }

  @Test("agrees with admiralonco, unconfirmed", arguments: try unconfirmed.get().rows)
  func agreesUnconfirmed(row: Case) throws {
    let best = try row.best(confirmed: false)
    #expect(best.response.rawValue == row.expected)
    #expect(best.day == row.expectedDay)
    #expect(best.confirmedOn == nil)
  }

  @Test("agrees with admiralonco, confirmed", arguments: try confirmed.get().rows)
  func agreesConfirmed(row: Case) throws {
    let best = try row.best(confirmed: true)
    #expect(best.response.rawValue == row.expected)
    #expect(best.day == row.expectedDay)
  }

  @Test func `the tables are whole`() throws {
    #expect(try Self.unconfirmed.get().rows.count == 14)
    #expect(try Self.confirmed.get().rows.count == 23)
  }

  /// Eisenhauer 2009, table 3, with a minimum SD duration of 42 days and confirmation by 28.
  @Test(
    "follows the confirmation table",
    arguments: [
      ([(42, "CR"), (84, "CR")], "CR"), ([(42, "CR"), (84, "PR")], "SD"),
      ([(42, "CR"), (84, "SD")], "SD"), ([(42, "CR"), (84, "PD")], "SD"),
      ([(41, "CR"), (84, "PD")], "PD"), ([(42, "CR"), (84, "NE")], "SD"),
      ([(41, "CR"), (84, "NE")], "NE"), ([(42, "PR"), (84, "CR")], "PR"),
      ([(42, "PR"), (84, "PR")], "PR"), ([(42, "PR"), (84, "SD")], "SD"),
      ([(42, "PR"), (84, "PD")], "SD"), ([(41, "PR"), (84, "PD")], "PD"),
      ([(42, "PR"), (84, "NE")], "SD"), ([(41, "PR"), (84, "NE")], "NE"),
      ([(42, "NE"), (84, "NE")], "NE"), ([(42, "PR"), (69, "PR")], "SD"),
      ([(42, "PR"), (70, "PR")], "PR"), ([(42, "CR"), (60, "NE"), (84, "CR")], "CR"),
      ([(42, "CR"), (60, "NE"), (70, "NE"), (84, "CR")], "SD"),
    ] as [([(Int, String)], String)])
  func confirmation(visits: [(Int, String)], expected: String) throws {
    let row = Case.make(visits: visits)
    #expect(try row.best(confirmed: true).response.rawValue == expected)
  }

  @Test func `a confirmed response names the day that confirmed it`() throws {
    let best = try Case.make(visits: [(84, "PR"), (168, "PR")]).best(confirmed: true)
    #expect(best.day == 84)
    #expect(best.confirmedOn == 168)
  }
}

extension BestOverallResponseTests.Case {
  static func make(visits: [(Int, String)]) -> Self {
    Self(
      case: "made", minimumStableDays: 42, gapDays: 28, maximumNotEvaluable: 1,
      acceptsStableDisease: false, missingAsNotEvaluable: false, stopsAtFirstProgression: true,
      lastDay: nil,
      visits: visits.map { Visit(day: $0.0, response: $0.1) }, expected: "", expectedDay: nil)
  }
}
