import JSON
import PluginKit
import PluginProtocol
import TimeToEvent

/// The hazard ratios of subgroups below one another, those of all patients first.
struct SubgroupFigure {
  let options: SurvivalOptions
  let cohort: Cohort
  let groups: Grouping
  let rows: [Subgroups.Row]

  var figure: ResultDocument.Figure {
    get throws {
      let reference = groups.labels[cohort.reference]
      let other = groups.labels[1 - cohort.reference]
      return .init(
        name: "subgroups", kind: .forest,
        title: "\(cohort.endpoint.label): \(other) over \(reference) in subgroups",
        axes: [
          .init(
            name: "x", label: "Hazard ratio, below 1 where \(other) is better", scale: .logarithmic),
          .init(name: "y", label: ""),
        ],
        series: [
          try series("all", Array(rows.prefix(1))),
          try series("subgroups", Array(rows.dropFirst())),
        ],
        references: [.init(axis: "x", value: 1, label: "no difference")],
        alternativeText: try alternativeText,
        caption:
          "Bars are \(shortPercent(options.level)) Wald limits, squares and diamonds grow with"
          + " the number of events; beside them events of patients and the hazard ratio.")
    }
  }

  private func series(
    _ name: String, _ rows: [Subgroups.Row]
  ) throws -> ResultDocument.Series {
    let limits = try rows.map { try $0.ratio?.hazardRatioLimits(level: options.level) }
    let number = { (value: Double?) in value.map(JSONValue.number) ?? .null }
    return .init(
      name: name, label: name == "all" ? "All patients" : "Subgroups",
      x: rows.map { number($0.ratio?.hazardRatio) }, y: rows.map { .string(Self.label($0)) },
      lower: limits.map { number($0?.lower) }, upper: limits.map { number($0?.upper) },
      labels: zip(rows, limits).map { row, limits in
        "\(row.events)/\(row.subjects)  "
          + (row.ratio.flatMap { ratio in
            limits.map { words(ratio.hazardRatio, $0.lower, $0.upper) }
          } ?? "not estimable")
      }, sizes: rows.map { .integer(Int64($0.events)) })
  }

  private static func label(_ row: Subgroups.Row) -> String {
    row.column.map { "\($0.words) \(row.name)" } ?? "All patients"
  }

  private func words(_ ratio: Double, _ lower: Double, _ upper: Double) -> String {
    "\(decimal(ratio, places: 2)) (\(decimal(lower, places: 2)) to \(decimal(upper, places: 2)))"
  }

  private var alternativeText: String {
    get throws {
      let known = rows.dropFirst().compactMap { row in row.ratio.map { (row, $0.hazardRatio) } }
      let all = rows.first?.ratio.map { decimal($0.hazardRatio, places: 2) } ?? "not estimable"
      guard let least = known.min(by: { $0.1 < $1.1 }), let most = known.max(by: { $0.1 < $1.1 })
      else { return "The hazard ratio of all patients is \(all); no subgroup has one." }
      return "The hazard ratio of all patients is \(all); in \(known.count) subgroups it runs from"
        + " \(decimal(least.1, places: 2)) (\(Self.label(least.0))) to"
        + " \(decimal(most.1, places: 2)) (\(Self.label(most.0)))."
    }
  }
}
