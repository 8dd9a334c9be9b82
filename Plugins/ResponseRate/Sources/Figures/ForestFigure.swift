import JSON
import PluginKit
import PluginProtocol

/// The response rates of groups below one another, with all patients last.
struct ForestFigure: Sendable {
  let grouping: Options.Grouping
  let control: Control?
  /// The interval shown.
  let method: String

  func write(into document: inout ResultDocument) {
    let rates = document.estimates.filter {
      $0.name == "objective-response-rate" && $0.interval?.method == method
    }
    let groups = rates.filter { $0.group != nil }
    guard !groups.isEmpty else { return }
    var series = [Self.series("groups", groups)]
    if let all = rates.first(where: { $0.group == nil }) {
      series.append(Self.series("all", [all]))
    }
    let widest = groups.max { ($0.value ?? 0) < ($1.value ?? 0) }
    let smallest = groups.min { ($0.value ?? 0) < ($1.value ?? 0) }
    document.figures.append(
      ResultDocument.Figure(
        name: "forest", kind: .forest,
        title: "Objective response rate by \(grouping.rawValue)",
        axes: [
          .init(name: "x", label: "Objective response rate", format: .percent, minimum: 0),
          .init(name: "y", label: ""),
        ],
        series: series,
        references: control.map { [.init(axis: "x", value: $0.rate, label: $0.label)] } ?? [],
        alternativeText:
          "\(groups.count) groups; rates from \(Self.words(smallest)) to \(Self.words(widest)).",
        caption: "Bars: \(Self.level(groups)) intervals (\(method)); squares grow with the number"
          + " of patients."))
  }

  private static func series(
    _ name: String, _ estimates: [ResultDocument.Estimate]
  ) -> ResultDocument.Series {
    func numbers(_ value: (ResultDocument.Estimate) -> Double?) -> [JSONValue] {
      estimates.map { value($0).map { JSONValue($0) } ?? .null }
    }
    return ResultDocument.Series(
      name: name, label: name == "all" ? "All patients" : "Groups", x: numbers(\.value),
      y: estimates.map { .string($0.group ?? "All patients") },
      lower: numbers { $0.interval?.lower }, upper: numbers { $0.interval?.upper },
      labels: estimates.map(label),
      sizes: estimates.map { .integer(Int64($0.count?.total ?? 0)) })
  }

  private static func label(_ estimate: ResultDocument.Estimate) -> String {
    guard let count = estimate.count, let value = estimate.value, let interval = estimate.interval
    else { return "" }
    return "\(count.events)/\(count.total) = \(percent(value)) (\(points(interval.lower)) to"
      + " \(points(interval.upper)))"
  }

  private static func words(_ estimate: ResultDocument.Estimate?) -> String {
    "\(percent(estimate?.value ?? 0)) (\(estimate?.group ?? ""))"
  }

  private static func level(_ estimates: [ResultDocument.Estimate]) -> String {
    estimates.first?.interval.map { shortPercent($0.level) } ?? ""
  }
}
