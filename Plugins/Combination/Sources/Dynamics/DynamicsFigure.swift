import JSON
import PluginKit
import PluginProtocol
import TumorDynamics

/// The predicted response rate under every assumption, below one another.
struct DynamicsFigure: Sendable {
  let report: DynamicsReport

  private struct Mark {
    let label: String
    let rate: ForecastDistribution
  }

  private var marks: [Mark] {
    let alone = Mark(label: "backbone alone", rate: report.prediction.control.responseRate)
    let rows = (report.sweep?.rows ?? []).map {
      Mark(
        label: $0.value.isEmpty ? $0.assumption : "\($0.assumption): \($0.value)",
        rate: $0.rate)
    }
    return [alone] + rows
  }

  var figure: ResultDocument.Figure {
    let level = report.settings.level
    func words(_ mark: Mark) -> String {
      let (lower, upper) = mark.rate.interval(level: level)
      return "\(percent(mark.rate.mean)) (\(points(lower)) to \(points(upper)))"
    }
    let limits = marks.map { $0.rate.interval(level: level) }
    return .init(
      name: "dynamics", kind: .forest,
      title: "Predicted response rate: \(report.treatment.title)",
      axes: [
        .init(name: "x", label: "Response rate", format: .percent, minimum: 0),
        .init(name: "y", label: ""),
      ],
      series: [
        .init(
          name: "rates", label: "Response rates", x: marks.map { .number($0.rate.mean) },
          y: marks.map { .string($0.label) }, lower: limits.map { .number($0.lower) },
          upper: limits.map { .number($0.upper) }, labels: marks.map(words))
      ],
      references: [
        .init(
          axis: "x", value: report.prediction.control.responseRate.mean, label: "backbone alone")
      ],
      alternativeText: marks.map { "\($0.label): \(words($0))" }.joined(separator: "; ") + ".",
      caption: "Bars are \(shortPercent(level)) credible limits of the true rate.")
  }
}
