import JSON
import PluginData
import PluginProtocol
import TimeToEvent

/// The share free of the event at the times `at=` names.
struct Landmarks {
  let options: SurvivalOptions
  let curves: [SurvivalCurve]

  func write(into document: inout ResultDocument) throws {
    guard !options.landmarks.isEmpty else { return }
    document.tables.append(try table())
    let late = options.landmarks.flatMap { day in
      curves.filter { $0.estimate.point(at: day).isBeyondFollowUp }.map { curve in
        "\(options.unit.text(day)) (\(curve.name))"
      }
    }
    guard !late.isEmpty else { return }
    document.notes.append(
      Note(
        .caution, "at.beyond-follow-up",
        "No patient was followed to \(late.joined(separator: ", ")): no share is given."))
  }

  private func table() throws -> ResultDocument.ResultTable {
    .init(
      name: "landmarks", title: "Free of the event at fixed times",
      columns: [
        .init("group", "Group"), .init("time", "Time, \(options.unit.rawValue)", .number),
        .init("at-risk", "At risk", .count), .init("events", "Events so far", .count),
        .init("free", "Free of it", .percent), .init("limits", "Limits"),
        .init("lower", "Lower", .percent), .init("upper", "Upper", .percent),
      ],
      rows: try curves.flatMap { curve in
        try options.landmarks.flatMap { day in
          try options.scales.map { try row(curve, day, $0) }
        }
      })
  }

  private func row(
    _ curve: SurvivalCurve, _ day: Double, _ scale: SurvivalLimits.Scale
  ) throws -> [JSONValue] {
    let point = curve.estimate.point(at: day)
    let limits = point.isBeyondFollowUp ? nil : try point.limits(scale, level: options.level)
    return [
      .string(curve.name), .number(options.unit.value(day)), .integer(Int64(point.atRisk)),
      .integer(Int64(point.events)), point.isBeyondFollowUp ? .null : .number(point.survival),
      .string(scale.rawValue), limits.map { .number($0.lower) } ?? .null,
      limits.map { .number($0.upper) } ?? .null,
    ]
  }
}
