import JSON
import PluginKit
import PluginProtocol
import Statistics

/// Response rates of published combinations, predicted and observed.
struct ResponseTable {
  let report: BacktestReport
  let rows: [ResponseBacktest]

  func table(_ name: String, _ title: String) -> ResultDocument.ResultTable {
    .init(
      name: name, title: title,
      columns: [
        .init("trial", "Trial"), .init("first", "First alone"), .init("second", "Second alone"),
        .init("independent", "At 0", .percent),
        .init("expected", "At \(report.settings.correlation)", .percent),
        .init("alike", "At 0.6", .percent), .init("lower", "Lower", .percent),
        .init("upper", "Upper", .percent), .init("observed", "Observed"),
        .init("rate", "Its rate", .percent), .init("p", "p", .pValue),
        .init("within", "Within"), .init("verification", "Numbers"),
      ], rows: rows.map(row))
  }

  private func row(_ row: ResponseBacktest) -> [JSONValue] {
    let trial = row.trial
    var (observed, rate, patients): (String, JSONValue, Double) = ("", .null, 1)
    switch trial.outcome {
    case .count(let count):
      (observed, rate, patients) = (count.text, .number(count.rate), Double(count.patients))
    case .words(let words): observed = words
    }
    return [
      .string(trial.name), part(trial.first), part(trial.second),
    ] + row.rates.map { .number($0) } + [
      row.limits.map { .number(Double($0.lowerBound) / patients) } ?? .null,
      row.limits.map { .number(Double($0.upperBound) / patients) } ?? .null, .string(observed),
      rate,
      row.pValue.map { .number($0) } ?? .null,
      .string(row.isCovered.map { $0 ? "yes" : "NO" } ?? "not counted"),
      .string(trial.isVerified ? "verified" : "unverified"),
    ]
  }

  private func part(_ part: PublishedTrial.Part) -> JSONValue {
    .string("\(part.count.text) \(part.name)")
  }
}
