import JSON
import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent

/// The Kaplan-Meier figure, as data.
struct SurvivalFigure {
  let options: SurvivalOptions
  let cohort: Cohort
  let curves: [SurvivalCurve]

  var figure: ResultDocument.Figure {
    get throws {
      .init(
        name: "kaplan-meier", kind: "curve", title: cohort.endpoint.label,
        axes: [
          .init(
            name: "x", label: "Time from day 0", unit: options.unit.rawValue, minimum: 0),
          .init(
            name: "y", label: "Free of the event", format: .percent, minimum: 0, maximum: 1),
        ], series: try curves.map(steps) + curves.compactMap(censorings),
        references: medians,
        alternativeText: alternativeText, caption: caption, countsBelow: atRisk)
    }
  }

  /// More bands than two hide each other.
  private var hasBands: Bool { curves.count <= 2 }

  /// The curve where it steps, and where it ends.
  private func steps(_ curve: SurvivalCurve) throws -> ResultDocument.Series {
    let estimate = curve.estimate
    let last = estimate.times.count - 1
    let kept = estimate.times.indices.filter { estimate.events[$0] > 0 || $0 == last }
    let limits =
      try !hasBands
      ? []
      : kept.map { index in
        try estimate.point(at: estimate.times[index])
          .limits(options.primaryScale, level: options.level)
      }
    return .init(
      name: curve.name, label: curve.name,
      x: [.number(0)] + kept.map { .number(options.unit.value(estimate.times[$0])) },
      y: [.number(1)] + kept.map { .number(estimate.survival[$0]) },
      lower: hasBands ? [.number(1)] + limits.map { $0.map { .number($0.lower) } ?? .null } : nil,
      upper: hasBands ? [.number(1)] + limits.map { $0.map { .number($0.upper) } ?? .null } : nil,
      style: .steps)
  }

  /// A mark where the curve has patients censored; nil where it has none.
  private func censorings(_ curve: SurvivalCurve) -> ResultDocument.Series? {
    let estimate = curve.estimate
    let kept = estimate.times.indices.filter { estimate.censored[$0] > 0 }
    guard !kept.isEmpty else { return nil }
    return .init(
      name: "\(curve.name), censored", label: "\(curve.name), censored",
      x: kept.map { .number(options.unit.value(estimate.times[$0])) },
      y: kept.map { .number(estimate.survival[$0]) },
      sizes: kept.map { .integer(Int64(estimate.censored[$0])) }, group: curve.name,
      style: .points)
  }

  private var atRisk: ResultDocument.AxisCounts {
    let days = AtRiskTable(options: options, curves: curves).days
    return .init(
      title: "At risk", places: days.map(options.unit.value),
      rows: curves.map { .init(label: $0.name, counts: $0.estimate.atRisk(at: days)) })
  }

  private var medians: [ResultDocument.ReferenceLine] {
    let reached = curves.compactMap { curve -> ResultDocument.ReferenceLine? in
      let rule = options.conventions.rule(forQuantile: 0.5)
      guard let day = try? curve.estimate.median(rule: rule).time else { return nil }
      return .init(
        axis: "x", value: options.unit.value(day),
        label: curve.label.map { "median of \($0)" } ?? "median")
    }
    return reached + [.init(axis: "y", value: 0.5, label: "50 %")]
  }

  private var alternativeText: String {
    let parts = curves.map { curve -> String in
      let rule = options.conventions.rule(forQuantile: 0.5)
      let median = (try? curve.estimate.median(rule: rule))?.time
      return "\(curve.name): \(curve.sample.events) events in \(patients(curve.sample.subjects)),"
        + " median \(median.map(options.unit.text) ?? "not reached")"
    }
    return "Kaplan-Meier curves of \(cohort.endpoint.words). \(parts.joined(separator: "; "))."
  }

  private var caption: String {
    guard hasBands else { return "Marks are patients censored." }
    return "Bands are \(shortPercent(options.level)) limits on the \(options.primaryScale.rawValue)"
      + " scale at each time, not of the curve as a whole; marks are patients censored."
  }
}
