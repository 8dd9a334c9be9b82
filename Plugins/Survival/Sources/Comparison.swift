import JSON
import PluginKit
import PluginProtocol
import TimeToEvent

/// Tests that groups have the same hazard, and how many times one's is the other's.
struct Comparison {
  let options: SurvivalOptions
  let cohort: Cohort
  let groups: Grouping

  func write(into document: inout ResultDocument) throws {
    var tables: [ResultDocument.ResultTable] = []
    for weight in options.weights {
      do {
        let test = try LogRankTest(
          cohort.sample, groups: groups, strata: cohort.strata, weight: weight)
        document.tests.append(result(test))
        tables.append(table(test))
      } catch TimeToEventError.nothingToCompare {
        document.tests.append(nothing(weight))
      }
    }
    document.tables += tables.prefix(1)
    if options.combinesWeights, groups.count == 2 { document.tests.append(maxCombo()) }
    try HazardRatios(options: options, cohort: cohort, groups: groups).write(into: &document)
    document.notes += smallStrata
  }

  /// The hazard ratio of two groups with the test of it that agrees with its limits.
  func primary(in document: ResultDocument) -> ResultDocument.PrimaryPair? {
    guard groups.count == 2,
      let ratio = document.estimates.first(where: { $0.name == "hazard-ratio" }),
      let value = ratio.value, let limits = ratio.interval,
      let wald = document.tests.first(where: { $0.method == "cox-wald" })?.pValue
    else { return nil }
    let tests = document.tests.first { $0.name == "equal-hazards" }
    let logRank = tests.flatMap { test in
      test.pValue.map { "; \(within)\(test.method) \(pSentence($0))" }
    }
    return .init(
      interval: "wald", test: "cox-wald",
      text: "\(cohort.endpoint.label): hazard ratio of \(ratio.group ?? "") over"
        + " \(groups.labels[cohort.reference]) \(decimal(value, places: 3))"
        + " (\(shortPercent(options.level)) Wald limits \(decimal(limits.lower, places: 3)) to"
        + " \(decimal(limits.upper, places: 3)), \(pSentence(wald)))\(logRank ?? "").")
  }

  private var within: String { cohort.strata == nil ? "" : "stratified " }

  private var versus: String {
    let columns = options.strata.map(\.words).joined(separator: " and ")
    return "equal hazards" + (columns.isEmpty ? "" : " within strata of \(columns)")
  }

  private func result(_ test: LogRankTest) -> ResultDocument.TestResult {
    .init(
      name: "equal-hazards", method: test.weight.name, alternative: "two-sided",
      statistic: test.statistic, degreesOfFreedom: Double(test.degreesOfFreedom),
      pValue: test.pValue, versus: versus)
  }

  private func maxCombo() -> ResultDocument.TestResult {
    do throws(TimeToEventError) {
      let test = try MaxComboTest(cohort.sample, groups: groups, strata: cohort.strata)
      return .init(
        name: "equal-hazards", method: "maxcombo", alternative: "two-sided",
        statistic: test.statistic, pValue: test.pValue, versus: versus)
    } catch {
      return .init(
        name: "equal-hazards", method: "maxcombo", alternative: "two-sided", pValue: nil,
        status: "\(error)", versus: versus)
    }
  }

  private func nothing(_ weight: LogRankWeight) -> ResultDocument.TestResult {
    .init(
      name: "equal-hazards", method: weight.name, alternative: "two-sided", pValue: nil,
      status: "no event while two groups were at risk", versus: versus)
  }

  private func table(_ test: LogRankTest) -> ResultDocument.ResultTable {
    .init(
      name: "expected", title: "Events observed and expected, \(within)\(test.weight.name)",
      columns: [
        .init("group", "Group"), .init("patients", "n", .count),
        .init("observed", "Observed", .number), .init("expected", "Expected", .number),
      ],
      rows: test.groups.indices.map { group in
        [
          .string(test.groups[group]), .integer(Int64(test.subjects[group])),
          .number(test.observed[group]), .number(test.expected[group]),
        ]
      })
  }

  /// Strata with one group add nothing, and whoever is in them is not compared.
  private var smallStrata: [Note] {
    guard let strata = cohort.strata else { return [] }
    let alone = strata.places.filter { Set($0.map { groups.codes[$0] }).count < 2 }
    guard !alone.isEmpty else { return [] }
    return [
      Note(
        .caution, "strata.one-group",
        "\(alone.count) of \(strata.count) strata hold one group only: their"
          + " \(patients(alone.map(\.count).reduce(0, +))) do not count in the comparison.")
    ]
  }
}
