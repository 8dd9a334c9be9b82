import JSON
import PluginKit
import PluginProtocol
import Statistics

/// Predicted and observed response rates of the counted trials, below one another.
struct BacktestFigure {
  let rows: [ResponseBacktest]
  let level: Double

  var figure: ResultDocument.Figure {
    .init(
      name: "backtest", kind: .forest, title: "Response rates, predicted and observed",
      axes: [
        .init(name: "x", label: "Response rate", format: .percent, minimum: 0),
        .init(name: "y", label: ""),
      ],
      series: [
        .init(
          name: "rates", label: "Response rates", x: marks.map { .number($0.rate) },
          y: marks.map { .string($0.label) }, lower: marks.map { .number($0.lower) },
          upper: marks.map { .number($0.upper) }, labels: marks.map(\.words),
          sizes: marks.map { .integer(Int64($0.patients)) })
      ], alternativeText: marks.map { "\($0.label): \($0.words)" }.joined(separator: "; ") + ".",
      caption: "Bars are \(shortPercent(level)) predictive limits of the predicted rate, which hold"
        + " the combination's own chance; what was observed has none.")
  }

  private struct Mark {
    let label: String
    let rate, lower, upper: Double
    let patients: Int

    var words: String {
      lower == upper ? percent(rate) : "\(percent(rate)) (\(points(lower)) to \(points(upper)))"
    }
  }

  private var marks: [Mark] {
    rows.flatMap { row -> [Mark] in
      guard let limits = row.limits, case .count(let seen) = row.trial.outcome else { return [] }
      let patients = Double(seen.patients)
      return [
        Mark(
          label: "\(row.trial.name), predicted", rate: row.rates[1],
          lower: Double(limits.lowerBound) / patients, upper: Double(limits.upperBound) / patients,
          patients: seen.patients),
        Mark(
          label: "\(row.trial.name), observed", rate: seen.rate, lower: seen.rate, upper: seen.rate,
          patients: seen.patients),
      ]
    }
  }
}
