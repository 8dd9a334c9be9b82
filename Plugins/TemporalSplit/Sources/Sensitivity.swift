internal import Glibc
import JSON
import PluginKit
import PluginProtocol
import RECIST
import Statistics

/// Test (i) again, with one choice changed at a time.
struct Sensitivity: Sendable {
  struct Row {
    let change: String
    let values: [Double]
  }

  let split: CohortSplit
  let attrition: Attrition
  /// The tests as they were asked for.
  let late: LateChangeTests
  let zeros: WilcoxonSignedRank.ZeroRule
  let level: Double
  /// The late changes with other tolerances, which the guards ask for as well.
  let windows: [(days: Double, late: [Double])]

  init(
    split: CohortSplit, attrition: Attrition, late: LateChangeTests,
    zeros: WilcoxonSignedRank.ZeroRule, level: Double
  ) {
    self.split = split
    self.attrition = attrition
    self.late = late
    self.zeros = zeros
    self.level = level
    windows = Self.tolerances(split).map { days in (days, split.late { $0.window = days }) }
  }

  /// Whoever is in by a scan just as far from its day as allowed is out at a day less.
  private static func tolerances(_ split: CohortSplit) -> [Double] {
    let (asked, narrower) = (split.plan.window, split.plan.window - 1)
    guard split.onTheEdge > 0, narrower > 0 else { return [7, 14, 21] }
    return Set([7, narrower, asked, 14, 21]).sorted()
  }

  /// What a target progression is at the least, as a log size change.
  static let progression = log(1.2)

  /// The late changes, with +20 % for each patient who left by progression or death.
  var withProgressions: [Double] {
    let lost = attrition.count(.progression) + attrition.count(.death)
    return split.late + Array(repeating: Self.progression, count: lost)
  }

  private var otherZeros: WilcoxonSignedRank.ZeroRule { zeros == .pratt ? .wilcoxon : .pratt }

  private var rows: [Row] {
    let windows = windows.map { Row(change: "window \(dayText($0.days)) d", values: $0.late) }
    let floors = [1, 5, 10].map { length in
      Row(change: "floor \(length) mm", values: split.late { $0.floor = Millimeters(length) })
    }
    let complete = split.contributors.filter { subject in
      subject.marks.contains { $0?.sum == .zero }
    }.count
    let withoutComplete = split.contributors.filter { subject in
      !subject.marks.contains { $0?.sum == .zero }
    }
    return [Row(change: "as asked", values: split.late)] + windows + floors
      + (complete > 0
        ? [
          Row(
            change: "without \(complete) of size 0",
            values: withoutComplete.compactMap(\.late))
        ] : [])
      + [Row(change: "progression or death as +20 %", values: withProgressions)]
  }

  func table() throws -> ResultDocument.ResultTable {
    var lines: [[JSONValue]] = []
    let rows = rows
    for (index, row) in rows.enumerated() {
      // A choice that was asked for, or makes no difference, is not computed again.
      if let same = rows[..<index].firstIndex(where: { $0.values == row.values }) {
        lines.append([.string(row.change)] + lines[same].dropFirst())
      } else {
        lines.append(try cells(row, zeros: zeros, level: level))
      }
    }
    if split.late.contains(0) {
      lines.append(
        try cells(
          Row(change: "zeros=\(otherZeros.rawValue)", values: split.late), zeros: otherZeros,
          level: level))
    }
    return .init(
      name: "sensitivity", title: "The late change, with one choice changed at a time",
      columns: [
        .init("change", "Changed"), .init("patients", "n", .count),
        .init("shrinking", "Still shrinking", .count),
        .init("late_change", "Late change (log)", .number), .init("lower", "Lower", .number),
        .init("upper", "Upper", .number), .init("p_value", "Wilcoxon p, one-sided", .pValue),
      ], rows: lines)
  }

  private func cells(
    _ row: Row, zeros: WilcoxonSignedRank.ZeroRule, level: Double
  ) throws -> [JSONValue] {
    let counts: [JSONValue] = [
      .string(row.change), .integer(Int64(row.values.count)),
      .integer(Int64(row.values.count { $0 < 0 })),
    ]
    guard row.values.count >= SplitRefusal.fewest else {
      return counts + [.null, .null, .null, .null]
    }
    let location =
      row.values == late.values ? late.location : try HodgesLehmann(row.values, level: level)
    return counts + [
      .number(location.estimate), .number(location.lower), .number(location.upper),
      .number(try LateChangeTests.pValue(row.values, zeros: zeros)),
    ]
  }
}
