import JSON
import PluginProtocol
import PluginTesting
import Testing

@testable import Combination

struct CombinedPFSTests {
  private static let usual = Arms(arms: [
    ("A", 120, 60), ("B", 90, 80), ("AB", 180, 50), ("tiny", 90, 4),
  ])

  private static let asked = [
    "first": "arm:A", "second": "arm:B", "combination": "arm:AB", "first-scan": "8w",
  ]

  private func run(_ given: [String: String] = asked) async throws -> ResultDocument {
    try await Arms.dataset([Self.usual]).run("combined-pfs", given)
  }

  @Test func `an observed combination stands beside both predictions`() async throws {
    let document = try await run()
    #expect(
      document.primary?.text
        == "AB: median 5.914 months; independent action at a rank correlation of 0.3 predicts a median"
        + " of 5.585 months (95 % 4.567 to 7.294). Hazard ratio of observed over predicted 0.85 (95 %"
        + " 0.56 to 1.29), p = 0.44. Verdict by both hazard ratios: between independent action and additivity, or not"
        + " told apart from either.")
    #expect(
      document.notes.map(\.text) == [
        "Nothing in arms of different patients says how alike one patient's times under both parts"
          + " are. Over rank correlations of 0 to 0.6 the median of independent action runs from 5.060"
          + " to 6.111 months, and the hazard ratio from 0.79 to 0.92.",
        "The arms are of different patients, and where they are of different trials of different"
          + " eligibility, treatment line and scans: a difference from a prediction may be one of"
          + " patients, and agreement may be chance. Nothing here shows what caused it.",
        "The limits of a hazard ratio take the predicted curve for that of 60 patients and the"
          + " correlation for known. Hwangbo et al. take 500 (patients=500), which narrows them: beside"
          + " arms of 60 it finds a difference that is not there in 15 % of trials, not 5 %.",
        "Independent action and additivity are for times free of progression. Their authors do not"
          + " claim them for overall survival, which later treatment prolongs.",
      ])
    #expect(document.estimates.map(\.name).count { $0 == "hazard-ratio" } == 2)
    #expect(document.tests.map(\.method) == ["cox-wald", "cox-wald"])
    #expect(document.tables.map(\.name) == ["curves", "by-correlation"])
    #expect(document.tables[1].rows.count == 7)
    #expect(document.figures.map(\.series.count) == [5])
  }

  /// Two exponentials of means a and b at correlation 0: ∫ S₁ + S₂ − S₁ S₂.
  @Test func `uncorrelated exponentials have the textbook's mean`() async throws {
    let dataset = try Arms.dataset([
      Arms(arms: [("A", 120, 900), ("B", 90, 900)], end: 3000)
    ])
    let document = try await dataset.run(
      "combined-pfs",
      ["first": "arm:A", "second": "arm:B", "correlation": "0", "unit": "days"])
    let mean = try #require(
      document.tables[1].rows.first { $0[0] == .number(0) }?[2].number)
    // 0.6931 is the logarithm of 2; 360/7 days is the half life of the lesser of the two.
    let expected = (120 + 90 - 360.0 / 7) / 0.693147
    #expect((mean - expected).magnitude < 2.5, "\(mean), not \(expected)")
  }

  @Test func `a median after the end of the comparison is not given`() async throws {
    let document = try await run(Self.asked.merging(["until": "100d"]) { $1 })
    #expect(
      document.primary?.text.hasPrefix(
        "AB: median not reached; independent action at a rank correlation of 0.3 predicts a median"
          + " that is not reached. Hazard ratio") == true)
  }

  @Test func `a median that no correlation reaches is said in words`() async throws {
    let document = try await run(Self.asked.merging(["until": "60d"]) { $1 })
    #expect(
      document.notes.first { $0.code == "combined-pfs.correlation" }?.text.contains(
        "the median of independent action is reached at none, and the hazard ratio from") == true)
  }

  @Test func `a part in which everybody progressed early ends no comparison`() async throws {
    let arms = Arms(arms: [("A", 200, 60), ("B", 20, 60), ("AB", 250, 60)])
    let document = try await Arms.dataset([arms]).run("combined-pfs", Self.asked)
    #expect(document.tables[0].title == "Curves to 13.142 months")
    #expect(
      document.methods.first { $0.topic == "follow-up" }?.choice
        == "all curves end on day 400, the shortest follow-up; a median not reached by then is not"
        + " given")
  }

  @Test func `without a combination only the prediction is shown`() async throws {
    let document = try await run(["first": "arm:A", "second": "arm:B"])
    #expect(
      document.primary?.text
        == "Independent action at a rank correlation of 0.3 predicts a median of 5.585 months"
        + " (95 % 4.567 to 7.294).")
    #expect(document.tests.isEmpty)
    #expect(document.notes.last?.code == "combined-pfs.no-first-scan")
    #expect(document.tables[1].rows.allSatisfy { $0[3...] == [.null, .null, .null, .null, .null] })
  }

  @Test func `a combination far above additivity is called synergy, and one below the parts worse`()
    async throws
  {
    for (median, verdict) in [
      (900.0, "better than additive (synergy by the rule of Hwangbo et al.)"),
      (40, "worse than independent action"),
    ] {
      let arms = Arms(arms: [("A", 120, 200), ("B", 90, 200), ("AB", median, 200)])
      let document = try await Arms.dataset([arms]).run("combined-pfs", Self.asked)
      #expect(
        document.primary?.text.hasSuffix("Verdict by both hazard ratios: \(verdict).") == true)
    }
  }

  @Test func `patients asked for narrow the limits`() async throws {
    var given = Self.asked
    given["patients"] = "500"
    let (usual, narrow) = (try await run(), try await run(given))
    let width = { (document: ResultDocument) -> Double? in
      document.estimates.first { $0.name == "hazard-ratio" }?.interval.map { $0.upper - $0.lower }
    }
    #expect(try #require(width(narrow)) < (try #require(width(usual))))
  }

  private static let refusals: [([String: String], String)] = [
    (
      ["first": "A"], "first=A: expected an arm of the data set, such as arm:placebo"
    ),
    (
      ["second": "arm:A"],
      "first=, second= and combination= name A, A, AB: an arm cannot be compared with itself"
    ),
    (
      ["combination": "arm:ABB"],
      "combination=arm:ABB: test has the arms A, AB, B, tiny; did you mean AB?"
    ),
    (
      ["combination": "arm:tiny"],
      "combination=arm:tiny: 4 patients with a day of pfs are too few for a curve to predict from or"
        + " to compare"
    ),
    (
      ["endpoint": "OS"],
      "endpoint=os: independent action and additivity are of times free of progression; their authors"
        + " do not claim them for overall survival, which later treatment prolongs"
    ),
    (
      ["endpoint": "ttp"], "endpoint=ttp: test has no such events; it has pfs"
    ),
    (
      ["until": "500d"],
      "until= is day 500, and the shortest follow-up of the arms ends on day 400: no curve can be"
        + " compared after it"
    ),
  ]

  @Test(arguments: refusals)
  func `what cannot be answered is refused`(
    given: [String: String], message: String
  ) async throws {
    let refusal = await #expect(throws: Refusal.self) {
      try await run(Self.asked.merging(given) { $1 })
    }
    #expect(refusal?.message == message)
  }
}
