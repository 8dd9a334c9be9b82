import JSON
import PluginData
import PluginProtocol
import TimeToEvent

/// Medians where an event is only known to lie between two scans.
struct BetweenScans {
  /// More patients take Turnbull's estimate too long for a table beside the main one.
  private static let mostSubjects = 2_000

  /// What the table's intervals are not.
  static let noLimits = Note(
    .info, "between-scans.limits",
    "Medians between scans are where the median may lie, not how uncertain it is. Turnbull's"
      + " estimate is given no limits: it can converge more slowly than n^-1/2, and then neither"
      + " Greenwood's formula nor a plain bootstrap holds (Groeneboom and Wellner 1992).")

  let options: SurvivalOptions
  let derived: DerivedTimes
  let curves: [(name: String, subjects: [String])]

  /// Nil where times start at a response, which lies between scans itself, or end with deaths only.
  func table() -> ResultDocument.ResultTable? {
    guard !derived.endpoint.startsAtResponse, derived.endpoint != .overallSurvival,
      curves.allSatisfy({ $0.subjects.count <= Self.mostSubjects })
    else { return nil }
    return .init(
      name: "between-scans",
      title: "Medians where progressions lie between scans, \(options.unit.rawValue)",
      columns: [
        .init("group", "Group"), .init("after", "Median after", .number),
        .init("by", "and by", .number), .init("status", "Status"),
      ], rows: curves.map(row))
  }

  private func row(_ curve: (name: String, subjects: [String])) -> [JSONValue] {
    let intervals = curve.subjects.compactMap { derived.outcomes[$0]?.time?.interval }
    do throws(TimeToEventError) {
      let sample = try IntervalTimes(
        lower: intervals.map { Double($0.lower) },
        upper: intervals.map { $0.upper.map(Double.init) })
      guard let median = try TurnbullEstimate(sample).medianInterval else {
        return [.string(curve.name), .null, .null, .string("not reached")]
      }
      return [
        .string(curve.name), .number(options.unit.value(median.lower)),
        median.upper.isFinite ? .number(options.unit.value(median.upper)) : .null,
        .string(median.upper.isFinite ? "" : "past the last scan"),
      ]
    } catch {
      return [.string(curve.name), .null, .null, .string("\(error)")]
    }
  }
}
