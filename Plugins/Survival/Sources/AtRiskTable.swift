import JSON
import PluginData
import PluginProtocol
import TimeToEvent

/// How many are still followed and free of the event, at even times.
struct AtRiskTable {
  let options: SurvivalOptions
  let curves: [SurvivalCurve]

  /// Steps a reader counts in, of the unit times are shown in.
  private static let steps: [TimeUnit: [Double]] = [
    .months: [1, 2, 3, 6, 12, 24, 36, 60, 120],
    .weeks: [1, 2, 4, 6, 8, 12, 26, 52, 104, 260, 520],
    .days: [1, 7, 14, 28, 56, 91, 182, 365, 730, 1825, 3650],
  ]

  /// In days, from 0; at most nine.
  var days: [Double] {
    let last = options.unit.value(curves.map(\.lastDay).max() ?? 0)
    let steps = Self.steps[options.unit] ?? [1]
    let step = steps.first { last / $0 <= 8 } ?? (last / 8).rounded(.up)
    return stride(from: 0, through: last, by: step).map { $0 * options.unit.days }
  }

  var table: ResultDocument.ResultTable {
    let days = days
    return .init(
      name: "at-risk", title: "At risk, by \(options.unit.rawValue)",
      columns: [.init("group", "Group")]
        + days.map { .init("at-\(options.unit.number($0))", options.unit.number($0), .count) },
      rows: curves.map { curve in
        [.string(curve.name)] + curve.estimate.atRisk(at: days).map { .integer(Int64($0)) }
      })
  }
}
