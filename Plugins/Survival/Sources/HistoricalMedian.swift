import JSON
import PluginData
import PluginProtocol
import TimeToEvent

/// Tests each curve against historical medians, and shows how far the answer depends on them.
struct HistoricalMedian {
  let options: SurvivalOptions
  let cohort: Cohort
  let curves: [SurvivalCurve]

  /// How many times the historical median the true one may be.
  private static let multiples = [0.6, 0.75, 0.9, 1, 1.1, 1.25, 1.5]

  func write(into document: inout ResultDocument) throws {
    guard !options.historicalMedians.isEmpty else { return }
    for curve in curves {
      for median in options.historicalMedians {
        document.tests += results(curve, median)
      }
    }
    document.tables.append(sensitivity)
    document.notes.append(Self.note)
  }

  private func results(_ curve: SurvivalCurve, _ median: Double) -> [ResultDocument.TestResult] {
    let versus = "a median of \(options.unit.text(median))"
    do throws(TimeToEventError) {
      let test = try HistoricalMedianTest(curve.sample, median: median)
      return HistoricalMedianTest.Method.allCases.map { method in
        .init(
          name: "historical-median", method: method.rawValue, alternative: "two-sided",
          statistic: test.statistic(method), pValue: test.pValue(method), versus: versus,
          group: curve.label)
      }
    } catch {
      return [
        .init(
          name: "historical-median",
          method: HistoricalMedianTest.Method.oneSampleLogRank.rawValue, alternative: "two-sided",
          pValue: nil, status: "\(error)", versus: versus, group: curve.label)
      ]
    }
  }

  /// The historical medians and others around them, in rising order.
  private var medians: [Double] {
    let all = options.historicalMedians.flatMap { median in Self.multiples.map { $0 * median } }
    return Set(all).sorted()
  }

  private var sensitivity: ResultDocument.ResultTable {
    .init(
      name: "historical-sensitivity", title: "Two-sided p against other historical medians",
      columns: [
        .init("group", "Group"), .init("median", "Median, \(options.unit.rawValue)", .number),
        .init("observed", "Observed", .count), .init("expected", "Expected", .number),
      ] + HistoricalMedianTest.Method.allCases.map { .init($0.rawValue, $0.rawValue, .pValue) },
      rows: curves.flatMap { curve in medians.map { row(curve, $0) } })
  }

  private func row(_ curve: SurvivalCurve, _ median: Double) -> [JSONValue] {
    let start: [JSONValue] = [.string(curve.name), .number(options.unit.value(median))]
    guard let test = try? HistoricalMedianTest(curve.sample, median: median) else {
      return start + [JSONValue](repeating: .null, count: 6)
    }
    return start + [.integer(Int64(test.observed)), .number(test.expected)]
      + HistoricalMedianTest.Method.allCases.map { .number(test.pValue($0)) }
  }

  private static let note = Note(
    .caution, "historical.uncontrolled",
    "A historical median is taken as known, times as exponential, and its patients as like these: none"
      + " of that is tested. Read p along the table of other medians, not at one.")
}
