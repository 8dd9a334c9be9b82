import JSON
import PluginKit
import PluginProtocol
import Statistics

/// One row a window, over every patient with a scan at both its ends.
struct WindowTable {
  let split: CohortSplit
  let options: SplitOptions
  /// The tests of the late change, which are those of the last window unless more patients have it.
  let late: LateChangeTests

  private static let columns: [ResultDocument.Column] = [
    .init("window", "Window, days"), .init("patients", "n", .count),
    .init("shrinking", "Shrinking", .count), .init("median", "Median change (log)", .number),
    .init("slope", "Median slope a week", .number), .init("location", "Hodges-Lehmann", .number),
    .init("lower", "Lower", .number), .init("upper", "Upper", .number),
    .init("wilcoxon", "Wilcoxon p, one-sided", .pValue),
    .init("sign", "Sign p, one-sided", .pValue),
  ]

  func write(into document: inout ResultDocument) throws {
    let rows = try split.plan.boundaries.indices.map(row)
    document.tables.append(
      .init(
        name: "windows", title: "Change of the log size, window by window", columns: Self.columns,
        rows: rows))
  }

  private func row(_ index: Int) throws -> [JSONValue] {
    let start = index == 0 ? 0 : split.plan.boundaries[index - 1]
    let name = "\(dayText(start)) to \(dayText(split.plan.boundaries[index]))"
    let changes = split.subjects.compactMap { $0.changes[index] }
    let slopes = split.subjects.compactMap { subject in
      subject.changes[index] == nil
        ? nil : subject.weeklySlope(window: index, floor: split.plan.floor)
    }
    let head: [JSONValue] = [
      .string(name), .integer(Int64(changes.count)), .integer(Int64(changes.count { $0 < 0 })),
      changes.median.map { .number($0) } ?? .null, slopes.median.map { .number($0) } ?? .null,
    ]
    guard changes.count >= SplitRefusal.fewest else {
      return head + Array(repeating: .null, count: 5)
    }
    let tests =
      changes == late.values
      ? late : try LateChangeTests(changes, zeros: options.zeros, level: options.level)
    let location = tests.location
    return head + [
      .number(location.estimate), .number(location.lower), .number(location.upper),
      .number(tests.pValue), .number(tests.sign.pValue(.less)),
    ]
  }
}
