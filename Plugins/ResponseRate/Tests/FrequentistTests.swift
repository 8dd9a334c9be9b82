import JSON
import PluginKit
import PluginProtocol
import ReferenceTesting
import Statistics
import Testing

@testable import ResponseRate

/// Ratios, conventions, tipping points and the table of several controls.
struct FrequentistTests {
  /// The press release: 15/30 against 25 % and six counts, as a session computed them with R.
  ///
  /// Chi-square, Yates, Fisher, Fisher one-sided, likelihood ratio; then Barnard and Boschloo.
  static let battery: [(String, [String])] = [
    ("61/243", ["0.00410", "0.00794", "0.00824", "0.00532", "0.00622", "0.01332", "0.00634"]),
    ("54/243", ["0.00096", "0.00207", "0.00287", "0.00173", "0.00190", "0.00504", "0.00196"]),
    ("64/273", ["0.00166", "0.00344", "0.00354", "0.00265", "0.00301", "0.01054", "0.00309"]),
    ("82/211", ["0.24445", "0.33455", "0.31981", "0.16711", "0.24835"]),
    ("39/94", ["0.41304", "0.54378", "0.52632", "0.27112", "0.41430"]),
    ("43/112", ["0.25070", "0.34746", "0.29766", "0.17354", "0.25356"]),
  ]

  @Test("one command prints the press release's table", arguments: battery)
  func pressRelease(control: String, printed: [String]) async throws {
    let document = try await Self.pressRelease()
    let table = try #require(document.tables.first { $0.name == "control-battery" })
    #expect(
      table.columns.map(\.label) == [
        "Control", "Rate", "chi2", "Yates", "Fisher", "Fisher 1s", "LRT", "Barnard", "Boschloo",
        "score MN",
      ])
    let row = try #require(table.rows.first { $0[0].string == control })
    for (cell, text) in zip(row.dropFirst(2), printed) {
      #expect(decimal(try #require(cell.number), places: 5) == text)
    }
  }

  @Test func `the fixed rate has its own tests, and 0,004 is named`() async throws {
    let document = try await Self.pressRelease()
    let table = try #require(document.tables.first { $0.name == "fixed-rate-battery" })
    #expect(table.rows.count == 1)
    let values = table.rows[0].dropFirst(2).compactMap(\.number)
    // exact, exact one-sided and score: 0.004714, 0.002750, 0.001565.
    #expect(decimal(values[0], places: 6) == "0.004714")
    #expect(decimal(values[1], places: 6) == "0.002750")
    #expect(decimal(values[4], places: 6) == "0.001565")
    let note = try #require(document.notes.first { $0.code == "quoted.panel" })
    #expect(note.text.contains("chi-square v 61/243: 0.00410"))
  }

  private static func pressRelease() async throws -> ResultDocument {
    try await run(
      "15/30",
      ["control": "25%,61/243,54/243,64/273,82/211,39/94,43/112", "quoted": "0.004"])
  }

  @Test func `ratio and odds ratio are one line each unless more are asked for`() async throws {
    let plain = try await run("15/30", ["control": "61/243"])
    for name in ["rate-ratio", "odds-ratio"] {
      let shown = plain.estimates.filter { $0.name == name }
      #expect(shown.map(\.interval?.method) == ["miettinen-nurminen"])
    }
    #expect(plain.estimates.first { $0.name == "rate-ratio" }?.value == 15 * 243.0 / (30 * 61))
    let all = try await run("15/30", ["control": "61/243", "ratio": "all", "odds": "all"])
    #expect(all.estimates.count { $0.name == "rate-ratio" } == 3)
    #expect(all.estimates.count { $0.name == "odds-ratio" } == 4)
    let named = try await run("15/30", ["control": "61/243", "odds": "conditional-exact"])
    let exact = try #require(named.estimates.first { $0.name == "odds-ratio" })
    let expected = try OddsRatioInterval(
      ContingencyTable(
        treated: .init(responders: 15, patients: 30), control: .init(responders: 61, patients: 243)),
      method: .conditionalExact)
    #expect(exact.value == expected.estimate && exact.interval?.upper == expected.upper)
  }

  @Test func `a ratio nothing is known of says so`() async throws {
    let document = try await run("0/5", ["control": "0/7"])
    let ratio = try #require(document.estimates.first { $0.name == "rate-ratio" })
    #expect(ratio.value == nil && ratio.interval == nil)
    #expect(ratio.status == "nothing is known of it: nobody responded")
  }

  @Test(
    "conventions choose a program's defaults, and a named method wins",
    arguments: [
      ("r", "0.25", [:], "clopper-pearson", "exact"),
      ("sas", "0.25", [:], "clopper-pearson", "exact-doubled"),
      ("r", "61/243", [:], "prop-test", "chi-square-yates"),
      ("sas", "61/243", [:], "wald", "chi-square"),
      ("sas", "61/243", ["primary": "score-mn"], "miettinen-nurminen", "score-mn"),
      ("r", "61/243", ["test": "fisher"], "prop-test", "fisher"),
      ("r", "0.25", ["interval": "wilson"], "wilson", "score"),
    ] as [(String, String, [String: String], String, String)])
  func conventions(
    name: String, control: String, others: [String: String], interval: String, test: String
  ) async throws {
    let given = others.merging(["control": control, "conventions": name]) { mine, _ in mine }
    let document = try await run("15/30", given)
    #expect(document.primary?.interval == interval)
    #expect(document.primary?.test == test)
    let label = name == "r" ? "R" : "SAS"
    #expect(document.methods.count { $0.topic.hasPrefix("\(label) convention, ") } == 6)
    #expect(document.methods.allSatisfy { !$0.topic.contains("convention,") || $0.source != nil })
  }

  /// prop.test(c(15, 61), c(30, 243)) and fisher.test's limits, R 4.2.2.
  @Test func `R's defaults are R's numbers`() async throws {
    let document = try await run("15/30", ["control": "61/243", "conventions": "r"])
    let difference = try #require(
      document.estimates.first {
        $0.name == "rate-difference" && $0.interval?.method == "prop-test"
      })
    #expect(difference.interval?.lower.agrees(with: 0.0432058468776, within: 1e-10) == true)
    #expect(difference.interval?.upper.agrees(with: 0.4547365399537, within: 1e-10) == true)
    let test = try #require(document.tests.first { $0.method == "chi-square-yates" })
    #expect(test.pValue?.agrees(with: 0.00794026365935, within: 1e-10) == true)
    #expect(document.notes.contains { $0.code == "primary.can-disagree" })
  }

  @Test func `tipping points are printed for every test, to all their digits`() async throws {
    let document = try await run("29/30", ["control": "0.8", "tipping": "points"])
    let table = try #require(document.tables.first { $0.name == "tipping-points" })
    #expect(
      Set(table.rows.compactMap { $0[0].string })
        == Set(OneSampleTest.Method.allCases.map(\.rawValue)))
    let exact = table.rows.filter { $0[0].string == "exact" }
    #expect(exact.compactMap { $0[2].string } == ["accepts", "rejects", "accepts", "rejects"])
    #expect(exact[0][1].number?.agrees(with: 0.8227692625360403, within: 1e-12) == true)
    let note = try #require(document.notes.first { $0.code == "tipping.not-monotone" })
    #expect(
      note.text.hasPrefix("exact changes its mind 4 times as the control rate rises:"))
    #expect(document.figures.isEmpty)
    let curve = try await run("29/30", ["control": "0.8", "tipping": "curve"])
    #expect(curve.tables.first { $0.name == "p-by-control-rate" }?.rows.count == 199)
    #expect(curve.figures.first?.series.count == OneSampleTest.Method.allCases.count)
    let none = try await run("29/30", ["control": "0.8"])
    #expect(!none.tables.contains { $0.name.hasPrefix("tipping") })
  }

  @Test func `against counts the numbers of control responders tip`() async throws {
    let document = try await run("15/30", ["control": "11/40", "tipping": "points"])
    let table = try #require(document.tables.first { $0.name == "tipping-counts" })
    #expect(table.rows.count == TwoSampleTest.Method.allCases.count)
    let row = try #require(table.rows.first { $0[0].string == "chi-square" })
    #expect(row[1].string == "rejects 0-10, accepts 11-29, rejects 30-40")
    #expect(row[2].string == "accepts")
  }

  @Test(
    "refuses what makes no sense, naming the parameter",
    arguments: [
      (
        ["stratify": "sex"], "stratify",
        "stratify= compares two arms stratum by stratum: it needs control=arm:NAME"
      ),
      (
        ["control": "0.25", "tipping": "points", "level": "0.4"], "tipping",
        "tipping= needs a level of at least 0.5, not 0.4"
      ),
      (
        ["control": "0.25", "ratio": "katz"], "ratio",
        "ratio= needs a control given as counts; 0.25 is a rate taken as known"
      ),
      (["control": "arm:A"], "control", "control=arm:A needs a data set; a count has no arms"),
    ] as [([String: String], String, String)])
  func refusals(parameters: [String: String], parameter: String, message: String) async {
    let refusal = await #expect(throws: Refusal.self) { try await run("15/30", parameters) }
    #expect(refusal?.parameter == parameter)
    #expect(refusal?.message == message)
  }

  @Test func `the manifest offers exactly the methods there are`() throws {
    let declared = try declaredChoices()
    #expect(declared["ratio"] == ["all"] + RatioInterval.Method.allCases.map(\.rawValue))
    #expect(declared["odds"] == ["all"] + OddsRatioInterval.Method.allCases.map(\.rawValue))
    #expect(declared["conventions"] == Conventions.allCases.map(\.rawValue))
    #expect(declared["tipping"] == FrequentistOptions.Tipping.allCases.map(\.rawValue))
    #expect(declared["stratify"] == FrequentistOptions.Stratification.allCases.map(\.rawValue))
  }
}
