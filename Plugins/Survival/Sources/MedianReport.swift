import JSON
import PluginData
import PluginKit
import PluginProtocol
import TimeToEvent

/// Medians and quartiles with their limits on every scale, and how many had the event.
struct MedianReport {
  private struct Row {
    let curve: SurvivalCurve
    /// On the scale that is quoted, then on the others.
    let medians: [SurvivalQuantile]
    let quartiles: [SurvivalQuantile]
  }

  private let options: SurvivalOptions
  private let cohort: Cohort
  private let rows: [Row]

  init(options: SurvivalOptions, cohort: Cohort, curves: [SurvivalCurve]) throws {
    self.options = options
    self.cohort = cohort
    let quantile = { (curve: SurvivalCurve, probability: Double, scale: SurvivalLimits.Scale) in
      try curve.estimate.quantile(
        probability, scale: scale, level: options.level,
        rule: options.conventions.rule(forQuantile: probability))
    }
    rows = try curves.map { curve in
      Row(
        curve: curve, medians: try options.scales.map { try quantile(curve, 0.5, $0) },
        quartiles: try [0.25, 0.5, 0.75].flatMap { probability in
          try options.scales.map { try quantile(curve, probability, $0) }
        })
    }
  }

  func write(into document: inout ResultDocument) throws {
    for row in rows { document.estimates += row.medians.map { estimate($0, of: row.curve) } }
    document.tables += [counts, quantiles]
    for row in rows where row.curve.sample.events < Self.fewEvents {
      document.notes.append(
        Note(
          .caution, "few-events",
          "\(row.curve.label.map { "\($0): " } ?? "")\(row.curve.sample.events)"
            + " \(row.curve.sample.events == 1 ? "event is" : "events are") too few for limits that"
            + " rest on large samples."))
    }
    if let note = clusterNote { document.notes.append(note) }
  }

  private static let fewEvents = 10

  var primary: ResultDocument.PrimaryPair {
    let parts = rows.map { row -> String in
      let head = row.curve.label.map { "\($0): median" } ?? "Median \(cohort.endpoint.words)"
      return "\(head) \(words(row.medians[0])), \(events(row.curve.sample.events)) in"
        + " \(patients(row.curve.sample.subjects))."
    }
    return .init(
      interval: options.primaryScale.rawValue, test: nil, text: parts.joined(separator: "\n"))
  }

  // MARK: Words

  /// `1.938 months (95 % log limits 1.906 to 2.300)`.
  private func words(_ median: SurvivalQuantile) -> String {
    (median.time.map(options.unit.text) ?? "not reached") + " (\(limitsWords(median)))"
  }

  private func limitsWords(_ median: SurvivalQuantile) -> String {
    let limits = "\(shortPercent(options.level)) \(median.scale.rawValue) limits"
    if median.lower == nil, median.upper == nil { return "\(limits) not reached" }
    let end = { (day: Double?) in day.map(options.unit.number) ?? "not reached" }
    return "\(limits) \(end(median.lower)) to \(end(median.upper))"
  }

  private func estimate(
    _ median: SurvivalQuantile, of curve: SurvivalCurve
  ) -> ResultDocument.Estimate {
    let interval = median.lower.flatMap { lower in
      median.upper.map { upper in
        ResultDocument.Interval(
          method: median.scale.rawValue, level: options.level, lower: options.unit.value(lower),
          upper: options.unit.value(upper))
      }
    }
    var status = median.time == nil ? "not reached" : nil
    if interval == nil {
      status = [status, limitsWords(median)].compactMap(\.self).joined(separator: "; ")
    }
    return .init(
      name: "median", label: "Median \(cohort.endpoint.words)",
      value: median.time.map(options.unit.value), unit: options.unit.rawValue, status: status,
      interval: interval, group: curve.label)
  }

  // MARK: Tables

  private var counts: ResultDocument.ResultTable {
    .init(
      name: "events", title: "Patients and events",
      columns: [
        .init("group", "Group"), .init("patients", "n", .count), .init("events", "Events", .count),
        .init("censored", "Censored", .count),
        .init("last", "Longest, \(options.unit.rawValue)", .number),
      ],
      rows: rows.map { row in
        let sample = row.curve.sample
        return [
          .string(row.curve.name), .integer(Int64(sample.subjects)),
          .integer(Int64(sample.events)), .integer(Int64(sample.subjects - sample.events)),
          .number(options.unit.value(row.curve.lastDay)),
        ]
      })
  }

  private var quantiles: ResultDocument.ResultTable {
    let cell = { (day: Double?) -> JSONValue in
      day.map { .number(options.unit.value($0)) } ?? .string("not reached")
    }
    return .init(
      name: "quantiles", title: "Times by which a share had the event, \(options.unit.rawValue)",
      columns: [
        .init("group", "Group"), .init("share", "Share", .percent), .init("time", "Time", .number),
        .init("limits", "Limits"), .init("lower", "Lower", .number),
        .init("upper", "Upper", .number),
      ],
      rows: rows.flatMap { row in
        row.quartiles.map { quantile in
          [
            .string(row.curve.name), .number(quantile.probability), cell(quantile.time),
            .string(quantile.scale.rawValue), cell(quantile.lower), cell(quantile.upper),
          ]
        }
      })
  }

  /// Events that are dated at a scan make a step of the curve, and the median no finer than that.
  private var clusterNote: Note? {
    guard cohort.endpoint.isDatedAtScans, rows.count == 1,
      let median = rows.first?.medians[0].time
    else { return nil }
    let sample = cohort.sample
    let near = zip(sample.times, sample.occurred)
      .count { $1 && ($0 - median).magnitude <= 7 }
    guard sample.events >= Self.fewEvents, near * 3 >= sample.events else { return nil }
    return Note(
      .caution, "events.clustered",
      "\(near) of \(sample.events) events are within 7 days of the median: events found at scans"
        + " are dated at them, so that the median follows the schedule and its limits are narrower"
        + " than what is known.")
  }
}
