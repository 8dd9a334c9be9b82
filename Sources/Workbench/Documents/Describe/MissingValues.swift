import JSON
import PluginProtocol
import TrialData

/// How many values of each column are missing, for the columns that have any missing.
struct MissingValues {
  private(set) var rows: [[JSONValue]] = []

  init(_ contents: DatasetContents) {
    add("subject", contents.subjects) {
      [
        ("arm", $0.arm == nil), ("dose_level", $0.doseLevel == nil),
        ("dose_unit", $0.doseUnit == nil), ("cohort", $0.cohort == nil), ("sex", $0.sex == nil),
        ("age", $0.age == nil), ("first_dose", $0.firstDose == nil),
      ]
    }
    add("lesion", contents.lesions) { [("site", $0.site == nil)] }
    add("measurement", contents.measurements) {
      [
        ("visit", $0.visit == nil), ("diameter and state", $0.diameter == nil && $0.state == nil),
        ("evaluator", $0.evaluator == nil),
      ]
    }
    add("assessment", contents.assessments) {
      [
        ("visit", $0.visit == nil),
        ("overall, after day 0", $0.overall == nil && $0.day > 0),
        ("evaluator", $0.evaluator == nil),
      ]
    }
    add("exposure", contents.exposures) { [("dose", $0.dose == nil), ("unit", $0.unit == nil)] }
    add("marker", contents.markers) { [("value", $0.value == nil), ("unit", $0.unit == nil)] }
    add("event", contents.events) { [("day", $0.day == nil && $0.endpoint != "response")] }
  }

  static let columns: [ResultDocument.Column] = [
    .init("table", "Table"), .init("column", "Column"), .init("missing", "Missing", .count),
    .init("rows", "Of rows", .count), .init("share", "Share", .percent),
  ]

  private mutating func add<Row>(
    _ table: String, _ all: [Row], _ isMissing: (Row) -> [(column: String, isMissing: Bool)]
  ) {
    guard let first = all.first else { return }
    var counts = [Int](repeating: 0, count: isMissing(first).count)
    for row in all {
      for (index, column) in isMissing(row).enumerated() where column.isMissing {
        counts[index] += 1
      }
    }
    for (index, column) in isMissing(first).enumerated() where counts[index] > 0 {
      rows.append([
        .string(table), .string(column.column), .count(counts[index]), .count(all.count),
        .number(Double(counts[index]) / Double(all.count)),
      ])
    }
  }
}
