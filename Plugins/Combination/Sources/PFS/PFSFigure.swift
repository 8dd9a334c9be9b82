import JSON
import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent

/// Observed and predicted curves, as data.
struct PFSFigure {
  let options: CombinedPFSOptions
  let comparison: PFSComparison

  /// More steps than a picture shows.
  private static let mostSteps = 500

  var figure: ResultDocument.Figure {
    .init(
      name: "combined-pfs", kind: .curve,
      title: "Progression-free survival, observed and predicted",
      axes: [
        .init(name: "x", label: "Time from day 0", unit: options.unit.rawValue, minimum: 0),
        .init(
          name: "y", label: "Free of the event", format: .percent, minimum: 0, maximum: 1),
      ], series: curves.map { steps($0.name, $0.curve) },
      references: [.init(axis: "y", value: 0.5, label: "50 %")], alternativeText: alternativeText,
      caption: "Curves end where the shortest follow-up does. Those of independent action and of"
        + " additivity are predictions at a rank correlation of \(options.settings.correlation).")
  }

  private var curves: [(name: String, curve: SurvivalFunction)] {
    let quoted = comparison.quoted
    return [(comparison.first.name, comparison.first.curve)]
      + [(comparison.second.name, comparison.second.curve)]
      + (comparison.observed.map { [("\($0.name), observed", $0.curve)] } ?? [])
      + [("independent action, predicted", quoted.independent)]
      + (quoted.additive.map { [("additivity, predicted", $0)] } ?? [])
  }

  private func steps(_ name: String, _ curve: SurvivalFunction) -> ResultDocument.Series {
    let times = thinned(curve.limited(to: comparison.horizon).times) + [comparison.horizon]
    return .init(
      name: name, label: name,
      x: [.number(0)] + times.map { .number(options.unit.value($0)) },
      y: [.number(1)] + times.map { .number(curve.survival(at: $0)) }, style: .steps)
  }

  /// Every so many of more times than a picture shows; heights at those kept stay exact.
  private func thinned(_ times: [Double]) -> [Double] {
    let stride = times.count / Self.mostSteps + 1
    return times.indices.filter { $0 % stride == 0 }.map { times[$0] }
  }

  private var alternativeText: String {
    let parts = curves.map { name, curve in
      "\(name): median \(options.unit.text(curve.limited(to: comparison.horizon).median))"
    }
    return "Curves of progression-free survival. \(parts.joined(separator: "; "))."
  }
}
