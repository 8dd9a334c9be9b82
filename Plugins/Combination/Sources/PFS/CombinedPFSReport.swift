import JSON
import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent

/// The result of `combined-pfs`.
struct CombinedPFSReport: Sendable {
  let options: CombinedPFSOptions
  let comparison: PFSComparison

  func write(into document: inout ResultDocument) throws {
    document.primary = try primary
    document.estimates = try estimates
    document.tests = tests
    document.tables = [try parts, try CorrelationTable(self).table]
    document.figures = [PFSFigure(options: options, comparison: comparison).figure]
    document.methods = PFSMethodCard(options: options, comparison: comparison).choices
    document.notes += try PFSNotes(options: options, comparison: comparison).notes
    document.citations = PFSMethodCard.citations
  }

  private var quoted: PredictedPFS { comparison.quoted }

  /// The median over all patients of a curve that ends at the horizon, in days.
  func median(_ curve: SurvivalFunction) -> Double? { curve.limited(to: comparison.horizon).median }

  private var primary: ResultDocument.PrimaryPair {
    get throws {
      let predicted =
        "independent action at a rank correlation of \(options.settings.correlation) predicts a median"
        + predictedWords
      guard let observed = comparison.observed, let hazard = quoted.overIndependent else {
        return .init(
          interval: "none", test: nil,
          text: predicted.prefix(1).uppercased() + predicted.dropFirst() + ".")
      }
      let limits = try hazard.coefficient.hazardRatioLimits(level: options.level)
      return .init(
        interval: "wald", test: "cox-wald",
        text: "\(observed.name): median \(options.unit.text(median(observed.curve))); \(predicted)."
          + " Hazard ratio of observed over predicted"
          + " \(ratio(hazard.coefficient.hazardRatio)) (\(shortPercent(options.level))"
          + " \(ratio(limits.lower)) to \(ratio(limits.upper))),"
          + " \(pSentence(hazard.coefficient.pValue())). \(try verdictSentence)")
    }
  }

  private var verdictSentence: String {
    get throws {
      guard let verdict = try quoted.verdict(level: options.level) else {
        return "Without first-scan= nothing is said of additivity."
      }
      return "Verdict by both hazard ratios: \(verdict.words)."
    }
  }

  func ratio(_ value: Double) -> String { decimal(value, places: 2) }

  // MARK: Estimates and tests

  private var estimates: [ResultDocument.Estimate] {
    get throws {
      var estimates = [
        median("median-first", comparison.first.name, comparison.first.curve),
        median("median-second", comparison.second.name, comparison.second.curve),
      ]
      if let observed = comparison.observed {
        estimates.append(median("median-combination", observed.name, observed.curve))
      }
      estimates.append(predictedMedian)
      if let additive = quoted.additive {
        estimates.append(median("predicted-median", "additivity", additive))
      }
      return try estimates
        + ratios.map { group, hazard in
          let limits = try hazard.coefficient.hazardRatioLimits(level: options.level)
          return .init(
            name: "hazard-ratio", label: "Hazard ratio of observed over predicted",
            value: hazard.coefficient.hazardRatio,
            interval: .init(
              method: "wald", level: options.level, lower: limits.lower, upper: limits.upper),
            group: group)
        }
    }
  }

  private var ratios: [(String, InteractionHazard)] {
    [("independent action", quoted.overIndependent), ("additivity", quoted.overAdditive)]
      .compactMap { name, hazard in hazard.map { (name, $0) } }
  }

  private var tests: [ResultDocument.TestResult] {
    ratios.map { group, hazard in
      .init(
        name: "hazard-ratio", method: "cox-wald", alternative: "two-sided",
        statistic: hazard.coefficient.statistic, pValue: hazard.coefficient.pValue(),
        versus: "the hazard \(group) predicts", group: group)
    }
  }

  private func median(
    _ name: String, _ group: String, _ curve: SurvivalFunction
  ) -> ResultDocument.Estimate {
    let median = median(curve)
    return .init(
      name: name, label: "Median", value: median.map(options.unit.value),
      unit: options.unit.rawValue, status: median == nil ? "not reached" : nil, group: group)
  }

  private var predictedMedian: ResultDocument.Estimate {
    var estimate = median("predicted-median", "independent action", quoted.independent)
    if let lower = quoted.median.lower, let upper = quoted.median.upper, estimate.value != nil {
      estimate.interval = .init(
        method: "log", level: options.level, lower: options.unit.value(lower),
        upper: options.unit.value(upper))
    }
    return estimate
  }

  /// ` of 5.59 months (95 % 4.57 to 7.29)`.
  private var predictedWords: String {
    guard let day = median(quoted.independent) else { return " that is not reached" }
    let ends = [quoted.median.lower, quoted.median.upper].map { day in
      day.map(options.unit.number) ?? "not reached"
    }
    return " of \(options.unit.text(day)) (\(shortPercent(options.level))"
      + " \(ends.joined(separator: " to ")))"
  }

  // MARK: Curves side by side

  private var parts: ResultDocument.ResultTable {
    get throws {
      var rows = try [comparison.first, comparison.second].map { try row($0.name, $0.curve, $0) }
      if let observed = comparison.observed {
        rows.append(try row("\(observed.name), observed", observed.curve, observed))
      }
      rows.append(try row("independent action", quoted.independent, nil))
      if let additive = quoted.additive { rows.append(try row("additivity", additive, nil)) }
      return .init(
        name: "curves", title: "Curves to \(options.unit.text(comparison.horizon))",
        columns: [
          .init("curve", "Curve"), .init("patients", "n", .count),
          .init("events", "Events", .count),
          .init("median", "Median, \(options.unit.rawValue)", .number),
          .init("restricted-mean", "Restricted mean", .number),
          .init("free", "Free at the end", .percent),
        ], rows: rows)
    }
  }

  private func row(
    _ name: String, _ curve: SurvivalFunction, _ arm: ArmTimes?
  ) throws -> [JSONValue] {
    [
      .string(name), arm.map { .integer(Int64($0.sample.subjects)) } ?? .null,
      arm.map { .integer(Int64($0.sample.events)) } ?? .null,
      median(curve).map { .number(options.unit.value($0)) } ?? .string("not reached"),
      .number(options.unit.value(try comparison.restrictedMean(curve))),
      .number(curve.survival(at: comparison.horizon)),
    ]
  }
}
