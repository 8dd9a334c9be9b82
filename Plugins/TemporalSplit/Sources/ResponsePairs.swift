import JSON
import PluginKit
import PluginProtocol
import RECIST
import Statistics

/// Late conversions: the response at each of the two scans of the late window.
///
/// The response at the time point itself, not the best so far: that one can only improve, and a
/// test on it would be positive by construction.
struct ResponsePairs {
  let table: PairedTable?
  /// Contributors with a response at one of the scans that is unknown or not evaluable.
  let unknown: Int

  init(_ split: CohortSplit) throws {
    var counts = [[0, 0], [0, 0]]
    var unknown = 0
    for scans in split.contributors.compactMap(\.lateScans) {
      guard let start = scans.start.response, let end = scans.end.response, start.isEvaluable,
        end.isEvaluable
      else {
        unknown += 1
        continue
      }
      counts[start.isObjectiveResponse ? 0 : 1][end.isObjectiveResponse ? 0 : 1] += 1
    }
    self.unknown = unknown
    // The later scan comes first, so that a difference above zero is a gain.
    table =
      counts.joined().allSatisfy { $0 == 0 }
      ? nil
      : try PairedTable(
        both: counts[0][0], firstOnly: counts[1][0], secondOnly: counts[0][1],
        neither: counts[1][1])
  }

  func write(level: Double, into document: inout ResultDocument) throws {
    guard let table else { return }
    let interval = try PairedDifferenceInterval(table, level: level, method: .tango)
    document.estimates.append(
      .init(
        name: "response-difference", label: "Response at the later less at the earlier scan",
        value: interval.estimate, unit: "proportion",
        interval: .init(
          method: "tango", level: level, lower: interval.lower, upper: interval.upper)))
    let test = McNemarTest(table)
    document.tests.append(
      .init(
        name: "response-between-scans", method: "mcnemar-exact", alternative: "two-sided",
        pValue: test.pValue(.exact), versus: "as many responses lost as gained"))
    document.tables.append(
      .init(
        name: "response-pairs", title: "Response at the two scans of the late window",
        columns: [
          .init("earlier", "At the earlier scan"),
          .init("response", "Response at the later", .count),
          .init("none", "No response", .count),
        ],
        rows: [
          [.string("response"), .integer(Int64(table.both)), .integer(Int64(table.secondOnly))],
          [
            .string("no response"), .integer(Int64(table.firstOnly)),
            .integer(Int64(table.neither)),
          ],
        ]))
    if unknown > 0 {
      document.notes.append(
        Note(
          .info, "response-pairs.unknown",
          "\(patients(unknown)) without an evaluable response at one of the two scans \(are(unknown))"
            + " not in the table of responses."))
    }
  }
}
