import JSON
import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent

/// The answer at every correlation, as no data of different patients say which holds.
struct CorrelationTable {
  private let report: CombinedPFSReport

  init(_ report: CombinedPFSReport) { self.report = report }

  private var options: CombinedPFSOptions { report.options }

  var table: ResultDocument.ResultTable {
    get throws {
      .init(
        name: "by-correlation", title: "Predictions by rank correlation, \(options.unit.rawValue)",
        columns: [
          .init("correlation", "Correlation", .number),
          .init("median-independent", "Independent", .number),
          .init("mean-independent", "its mean", .number),
          .init("median-additive", "Additive", .number),
          .init("mean-additive", "its mean", .number),
          .init("ratio-independent", "HR, independent", .number),
          .init("ratio-additive", "HR, additive", .number), .init("verdict", "Verdict"),
        ], rows: try report.comparison.swept.map(row))
    }
  }

  private func row(_ predicted: PredictedPFS) throws -> [JSONValue] {
    [
      .number(predicted.correlation), median(predicted.independent),
      try mean(predicted.independent), predicted.additive.map(median) ?? .null,
      try predicted.additive.map(mean) ?? .null, ratio(predicted.overIndependent),
      ratio(predicted.overAdditive),
      try predicted.verdict(level: options.level).map { .string($0.rawValue) } ?? .null,
    ]
  }

  private func median(_ curve: SurvivalFunction) -> JSONValue {
    report.median(curve).map { .number(options.unit.value($0)) } ?? .string("not reached")
  }

  private func mean(_ curve: SurvivalFunction) throws -> JSONValue {
    .number(options.unit.value(try report.comparison.restrictedMean(curve)))
  }

  private func ratio(_ hazard: InteractionHazard?) -> JSONValue {
    hazard.map { .number($0.coefficient.hazardRatio) } ?? .null
  }
}

extension CombinationVerdict {
  /// For a sentence.
  var words: String {
    switch self {
    case .synergy: "better than additive (synergy by the rule of Hwangbo et al.)"
    case .additive: "better than independent action and compatible with additivity"
    case .independent: "compatible with independent action and worse than additive"
    case .worseThanIndependent: "worse than independent action"
    case .between: "between independent action and additivity, or not told apart from either"
    }
  }
}
