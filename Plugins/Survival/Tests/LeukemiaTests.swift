import JSON
import PluginProtocol
import PluginTesting
import Testing

/// Miller's leukemia trial, R's `survival::aml`, its weeks taken as days.
///
/// Numbers are of R 4.2.2 with survival 3.5-3: `survfit`, `quantile`, `survdiff`, `coxph` and
/// `cox.zph`; the strata are even and odd patients.
struct LeukemiaTests {
  private static func trial() throws -> ImportedDataset {
    let maintained = [
      (9, true), (13, true), (13, false), (18, true), (23, true), (28, false), (31, true),
      (34, true), (45, false), (48, true), (161, false),
    ]
    let other = [
      (5, true), (5, true), (8, true), (8, true), (12, true), (16, false), (23, true), (27, true),
      (30, true), (33, true), (43, true), (45, true),
    ]
    return try .arms([("Maintained", maintained), ("Nonmaintained", other)])
  }

  private func run(_ given: [String: String]) async throws -> ResultDocument {
    let usual = ["by": "arm", "unit": "days"]
    return try await Self.trial().run(usual.merging(given) { $1 })
  }

  private static let limits: [(String, [Double], [Double?])] = [
    ("log", [18, 8], [nil, nil]), ("log-log", [13, 5], [nil, 33]), ("plain", [18, 8], [48, 33]),
    ("logit", [13, 8], [nil, 43]), ("arcsine", [18, 8], [nil, 33]),
  ]

  /// Medians 31 and 23 whatever the scale; their limits are not.
  @Test(arguments: limits)
  func medians(scale: String, lower: [Double], upper: [Double?]) async throws {
    let document = try await run(["limits": scale])
    let table = try #require(document.tables.first { $0.name == "quantiles" })
    let rows = table.rows.filter { $0[1].number == 0.5 }
    #expect(rows.map { $0[2].number } == [31, 23])
    #expect(rows.map { $0[3].string } == [scale, scale])
    #expect(rows.map { $0[4].number } == lower)
    #expect(rows.map { $0[5].number } == upper)
  }

  private static let logRanks: [([String: String], Double, Double)] = [
    ([:], 3.3963886989776, 0.0653393220405051),
    (["stratify": "sex"], 2.72075937326547, 0.0990508821410607),
  ]

  @Test(arguments: logRanks)
  func `the log-rank test is R's`(
    given: [String: String], statistic: Double, p: Double
  ) async throws {
    let document = try await run(given)
    let test = try #require(document.tests.first { $0.method == "log-rank" })
    expect(test.statistic, statistic)
    expect(test.pValue, p)
    #expect(test.degreesOfFreedom == 1)
  }

  private static let ratios: [([String: String], [Double], Double?)] = [
    (
      ["ties": "efron"], [2.49810532617214, 0.915907257436408, 6.8134957660633], 0.0737148606390457
    ),
    (["ties": "breslow"], breslow, 0.0775302512086183),
    (["conventions": "sas"], breslow, 0.0775302512086183),
    (
      ["ties": "exact"], [2.51371281450743, 0.913869585182578, 6.91428209918645], 0.0741804555379139
    ),
    (["stratify": "sex"], [2.2736152679195, 0.834449629002481, 6.1948932647932], nil),
  ]
  private static let breslow = [2.47000388542622, 0.905047612846098, 6.74099252616675]

  @Test(arguments: ratios)
  func `the hazard ratio is R's`(
    given: [String: String], ratio: [Double], p: Double?
  ) async throws {
    let document = try await run(given)
    let estimate = try #require(document.estimates.first { $0.name == "hazard-ratio" })
    expect(estimate.value, ratio[0])
    expect(estimate.interval?.lower, ratio[1])
    expect(estimate.interval?.upper, ratio[2])
    let wald = try #require(document.tests.first { $0.method == "cox-wald" })
    if let p { expect(wald.pValue, p) }
    #expect(document.primary?.test == "cox-wald" && document.primary?.interval == "wald")
  }

  @Test func `proportional hazards are tested as cox zph does`() async throws {
    let test = try #require(
      try await run([:]).tests.first { $0.name == "proportional-hazards" })
    expect(test.statistic, 0.00787507772332374)
    expect(test.pValue, 0.929287243364592)
  }

  @Test func `shares at fixed times are R's`() async throws {
    let document = try await run(["at": "10d,20d", "limits": "log"])
    let table = try #require(document.tables.first { $0.name == "landmarks" })
    #expect(table.rows.map { $0[2].integer } == [10, 7, 8, 6])
    #expect(table.rows.map { $0[3].integer } == [1, 3, 4, 5])
    let survival = [0.909090909090909, 0.715909090909091, 0.666666666666667, 0.583333333333333]
    let lower = [0.754133845081525, 0.488426287422128, 0.446846081150264, 0.361613705210385]
    let upper = [1, 1, 0.994625360259092, 0.940998012173809]
    for (row, expected) in zip(table.rows, zip(survival, zip(lower, upper))) {
      expect(row[4].number, expected.0)
      expect(row[6].number, expected.1.0)
      expect(row[7].number, expected.1.1)
    }
  }

  @Test func `past the last patient there is no share`() async throws {
    let document = try await run(["at": "100d,200d", "limits": "log"])
    let table = try #require(document.tables.first { $0.name == "landmarks" })
    #expect(table.rows.map { $0[4] == .null } == [false, true, false, false])
    #expect(
      document.notes.contains {
        $0.text == "No patient was followed to 200 days (Maintained): no share is given."
      })
  }

  /// `summary(survfit, rmean = 45)`; without `until=` the horizon is the shorter follow-up's end.
  @Test(arguments: [["until": "45d"], [:]])
  func `restricted means are R's`(given: [String: String]) async throws {
    let document = try await run(given)
    let means = document.estimates.filter { $0.name == "restricted-mean" }
    #expect(means.count == 2)
    for (mean, (value, error)) in zip(
      means, [(30.7386363636364, 4.11408624001147), (22.7083333333333, 4.18094198103315)])
    {
      expect(mean.value, value)
      expect(mean.interval?.upper, value + 1.959963984540054 * error)
    }
    let change = try #require(document.estimates.first { $0.name == "restricted-mean-change" })
    expect(change.value, 22.7083333333333 - 30.7386363636364)
  }

  @Test func `follow-up and numbers at risk`() async throws {
    let document = try await run([:])
    let followUp = document.estimates.filter { $0.name == "median-follow-up" }
    #expect(followUp.map(\.value) == [103, nil])
    let table = try #require(document.tables.first { $0.name == "at-risk" })
    #expect(table.columns.map(\.label) == ["Group", "0", "28", "56", "84", "112", "140"])
    #expect(
      table.rows.map { $0.dropFirst().compactMap(\.integer) } == [
        [11, 6, 1, 1, 1, 1], [12, 4, 0, 0, 0, 0],
      ])
  }

  @Test func `the figure steps at events and marks who is censored`() async throws {
    let figure = try #require(try await run([:]).figures.first)
    #expect(figure.series.map(\.style) == [.steps, .steps, .points, .points])
    #expect(figure.countsBelow?.rows.map(\.counts.first) == [11, 12])
    #expect(figure.series[2].x.map(\.number) == [13, 28, 45, 161])
    #expect(figure.series[3].x.map(\.number) == [16])
    // (0, 1), then 7 times of events and the end; 9 times of events, the end among them.
    #expect(figure.series.map(\.x.count) == [9, 10, 4, 1])
    #expect(figure.references.map(\.value) == [31, 23, 0.5])
  }

  @Test func `the pair that is quoted`() async throws {
    let document = try await run([:])
    #expect(
      document.primary?.text
        == "Progression-free survival: hazard ratio of Nonmaintained over Maintained 2.498 (95 % Wald"
        + " limits 0.916 to 6.813, p = 0.074); log-rank p = 0.065.")
  }

  private func expect(
    _ found: Double?, _ value: Double, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs((found ?? .nan) / value - 1) < 1e-10, "\(found ?? .nan) for \(value)",
      sourceLocation: location)
  }
}
