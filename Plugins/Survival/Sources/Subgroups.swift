import JSON
import PluginKit
import PluginProtocol
import TimeToEvent

/// Hazard ratios of two groups within subgroups of patients, and tests that they are the same.
struct Subgroups {
  let options: SurvivalOptions
  let cohort: Cohort
  /// Two.
  let groups: Grouping

  struct Row {
    /// The column; nil for all patients.
    let column: GroupColumn?
    let name: String
    let subjects: Int
    let events: Int
    let ratio: CoxCoefficient?
    /// Why there is no ratio.
    let status: String?
  }

  func write(into document: inout ResultDocument) throws {
    guard !options.subgroups.isEmpty else { return }
    var rows = [try row(nil, "all patients", Array(cohort.subjects.indices))]
    for column in options.subgroups {
      let values = cohort.subjects.map(column.value)
      let known = values.indices.filter { values[$0] != nil }
      let levels = column.grouping(known.map { cohort.subjects[$0] })
      for (label, places) in zip(levels.labels, levels.places) {
        rows.append(try row(column, label, places.map { known[$0] }))
      }
      document.tests.append(try interaction(column, levels, known))
      document.notes += missing(column, cohort.subjects.count - known.count)
    }
    document.tables.append(try table(rows))
    document.figures.append(
      try SubgroupFigure(options: options, cohort: cohort, groups: groups, rows: rows).figure)
    document.notes.append(Self.note)
  }

  private func row(
    _ column: GroupColumn?, _ name: String, _ places: [Int]
  ) throws(TimeToEventError) -> Row {
    let sample = try cohort.sample.subset(places)
    let groups = groups.subset(places)
    guard groups.count == 2 else {
      return Row(
        column: column, name: name, subjects: places.count, events: sample.events, ratio: nil,
        status: "all have \(groups.labels[0])")
    }
    do {
      let model = try CoxModel(
        sample,
        [Covariate("group", groups, reference: cohort.reference)],
        strata: cohort.strata?.subset(places), ties: options.ties)
      return Row(
        column: column, name: name, subjects: places.count, events: sample.events,
        ratio: model.coefficients.first, status: nil)
    } catch {
      return Row(
        column: column, name: name, subjects: places.count, events: sample.events, ratio: nil,
        status: "\(error)")
    }
  }

  private func interaction(
    _ column: GroupColumn, _ levels: Grouping, _ known: [Int]
  ) throws -> ResultDocument.TestResult {
    let versus = "the same hazard ratio in all subgroups by \(column.words)"
    do throws(TimeToEventError) {
      let test = try InteractionTest(
        cohort.sample.subset(known), groups: groups.subset(known), subgroups: levels,
        strata: cohort.strata?.subset(known), ties: options.ties
      ).test
      return .init(
        name: "interaction", method: "cox-likelihood-ratio", alternative: "two-sided",
        statistic: test.statistic, degreesOfFreedom: Double(test.degreesOfFreedom),
        pValue: test.pValue, versus: versus)
    } catch {
      return .init(
        name: "interaction", method: "cox-likelihood-ratio", alternative: "two-sided", pValue: nil,
        status: "\(error)", versus: versus)
    }
  }

  // MARK: Words

  private func table(_ rows: [Row]) throws -> ResultDocument.ResultTable {
    .init(
      name: "subgroups",
      title: "Hazard ratios of \(other) over \(groups.labels[cohort.reference]) in subgroups",
      columns: [
        .init("column", "By"), .init("subgroup", "Subgroup"), .init("patients", "n", .count),
        .init("events", "Events", .count), .init("ratio", "Hazard ratio", .number),
        .init("lower", "Lower", .number), .init("upper", "Upper", .number),
        .init("status", "Status"),
      ],
      rows: try rows.map { row in
        let limits = try row.ratio?.hazardRatioLimits(level: options.level)
        let number = { (value: Double?) in value.map(JSONValue.number) ?? .null }
        return [
          .string(row.column?.words ?? ""), .string(row.name), .integer(Int64(row.subjects)),
          .integer(Int64(row.events)), number(row.ratio?.hazardRatio), number(limits?.lower),
          number(limits?.upper), .string(row.status ?? ""),
        ]
      })
  }

  private var other: String { groups.labels[1 - cohort.reference] }

  private func missing(_ column: GroupColumn, _ count: Int) -> [Note] {
    guard count > 0 else { return [] }
    return [
      Note(
        .caution, "subgroups.missing",
        "\(patients(count)) without a value of \(column.rawValue) \(are(count)) in no subgroup by it."
      )
    ]
  }

  /// Who looks at many subgroups finds one.
  private static let note = Note(
    .caution, "subgroups.many",
    "Subgroups are looked at one by one, without correction for their number, and a trial sized for all"
      + " patients rarely tells their hazard ratios apart: read the interaction tests, not whether single"
      + " limits cross 1.")
}
