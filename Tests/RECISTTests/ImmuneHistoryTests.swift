import RECIST
import Testing

struct ImmuneHistoryTests {
  static let codes: [String: ResponseCode] = Dictionary(
    uniqueKeysWithValues: ["iCR", "iPR", "iSD", "NON-iCR/NON-iUPD", "iCPD", "iUPD", "NE"].map {
      ($0, ResponseCode(reading: $0) ?? .recist(.missing))
    })

  private static func visits(_ codes: [String], every days: Int = 60) -> [ImmuneVisit] {
    codes.enumerated().map {
      ImmuneVisit(day: days * ($0 + 1), response: Self.codes[$1] ?? .recist(.missing))
    }
  }

  /// Seymour 2017, table 3: the alternatives at each time point, and the best response.
  static let table3: [([String], String)] = [
    (["iCR", "iCR iPR iUPD NE", "iCR iPR iUPD NE", "iUPD", "iCPD"], "iCR"),
    (["iUPD", "iPR iSD NE", "iCR", "iCR iUPD NE", "iCR iPR iSD iUPD iCPD NE"], "iCR"),
    (
      ["iUPD", "iPR", "iPR iSD iUPD NE", "iPR iSD iUPD NE iCPD", "iPR iSD iUPD NE iCPD"], "iPR"
    ),
    (["iUPD", "iSD NE", "iPR", "iPR iSD iUPD NE", "iPR iSD iUPD iCPD NE"], "iPR"),
    (["iUPD", "iSD", "iSD iUPD NE", "iSD iUPD iCPD NE", "iSD iUPD iCPD NE"], "iSD"),
    (["iUPD", "iCPD", any, any, any], "iCPD"),
    (["iUPD", "iUPD", "iCPD", any, any], "iCPD"),
    (["iUPD", "NE", "NE", "NE", "NE"], "iUPD"),
  ]
  static let any = "iCR iPR iSD NON-iCR/NON-iUPD iUPD iCPD NE"

  @Test("agrees with every reading of the published table", arguments: table3)
  func published(alternatives: [String], expected: String) {
    var histories: [[String]] = [[]]
    for choices in alternatives {
      histories = histories.flatMap { history in
        choices.split(separator: " ").map { history + [String($0)] }
      }
    }
    for history in histories {
      let best = ImmuneHistory(Self.visits(history)).best
      if best.rawValue != expected { Issue.record("\(history): \(best.rawValue)") }
    }
  }

  @Test(
    "dates progression at the first iUPD of the block that was confirmed",
    arguments: [
      (["iUPD", "iUPD", "iCPD"], 60, 180), (["iUPD", "iSD", "iUPD", "iCPD"], 180, 240),
      (["iUPD", "NE", "iCPD"], 60, 180), (["iPR", "iCPD"], 120, 120), (["iUPD", "iSD"], nil, nil),
      (["iUPD", "iCPD", "iUPD", "iCPD"], 60, 120),
    ] as [([String], Int?, Int?)])
  func progression(codes: [String], day: Int?, confirmedOn: Int?) {
    let history = ImmuneHistory(Self.visits(codes))
    #expect(history.progressionDay == day)
    #expect(history.progressionConfirmedOn == confirmedOn)
  }

  @Test func `an open iUPD says since when`() {
    #expect(ImmuneHistory(Self.visits(["iSD", "iUPD", "NE"])).unconfirmedSince == 120)
    #expect(ImmuneHistory(Self.visits(["iUPD", "iSD"])).unconfirmedSince == nil)
    #expect(ImmuneHistory(Self.visits(["iUPD", "iCPD"])).unconfirmedSince == nil)
  }

  @Test func `a response needs its confirmation here too, and an iUPD stands in the way`() {
    let rules = BestResponseRules(confirmation: .init())
    #expect(ImmuneHistory(Self.visits(["iPR", "iPR"]), rules: rules).best == Self.codes["iPR"])
    let broken = ImmuneHistory(Self.visits(["iPR", "iUPD", "iPR"]), rules: rules)
    #expect(broken.best == Self.codes["iSD"])
    #expect(broken.history.undecided?.visit.day == 180)
  }

  @Test func `stable disease before the minimum is not evaluable`() {
    #expect(ImmuneHistory(Self.visits(["iSD"], every: 41)).best == .recist(.notEvaluable))
    #expect(ImmuneHistory(Self.visits(["iSD"], every: 42)).best == Self.codes["iSD"])
  }

  /// Every history of up to five assessments.
  @Test("obeys the order and never improves after an iCPD")
  func laws() {
    let order = ["NE", "iUPD", "iCPD", "NON-iCR/NON-iUPD", "iSD", "iPR", "iCR"]
    var longest: [[String]] = [[]]
    for _ in 0..<5 {
      longest = longest.flatMap { history in order.map { history + [$0] } }
      for history in longest {
        let best = ImmuneHistory(Self.visits(history)).best
        let end = history.firstIndex(of: "iCPD") ?? history.count - 1
        let expected = history[...end].compactMap(order.firstIndex(of:)).max() ?? 0
        if best.rawValue != order[expected] { Issue.record("\(history): \(best.rawValue)") }
        let strict = ImmuneHistory(
          Self.visits(history), rules: .init(minimumStableDays: 0, confirmation: .init()))
        if strict.best.rank > best.rank { Issue.record("confirmation helps: \(history)") }
      }
    }
  }
}
