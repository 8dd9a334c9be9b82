import Foundation
import JSON
import PluginProtocol
import PluginTesting
import Testing

@testable import Combination

/// Palmer and Sorger's digitized trials through import, prediction and report, where at hand.
struct PalmerTrialsTests {
  /// Patients an arm is given: the curves do not say how many their trials had.
  private static let patients = 100

  private static func dataset() throws -> ImportedDataset? {
    var (subjects, events) = ("subject,arm,cohort\n", "subject,endpoint,day,occurred\n")
    for figure in ["A", "B", "C", "D", "E"] {
      let path = "../shared/data/combination/Figure_4\(figure).csv"
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        print("\(path) is not there: skipped")
        return nil
      }
      let rows = text.split(whereSeparator: \.isNewline).dropFirst().map {
        $0.split(separator: ",")
      }
      var names: [Substring] = []
      for row in rows where !names.contains(row[0]) { names.append(row[0]) }
      for (role, name) in zip(["first", "second", "combination"], names) {
        let points = rows.filter { $0[0] == name }
        let times = points.flatMap { row in
          Array(repeating: Double(row[1]) ?? 0, count: Int(row[2]) ?? 0)
        }
        for index in 0..<patients {
          let time = times[(2 * index + 1) * times.count / (2 * patients)]
          let day = Int((time * 30.4375).rounded())
          let isEnd = time == times[times.count - 1]
          let subject = "\(figure)\(role)\(index)"
          subjects += "\(subject),\(role),4\(figure)\n"
          events += "\(subject),pfs,\(day),\(isEnd ? 0 : 1)\n"
        }
      }
    }
    return try ImportedDataset(tables: ["subject.csv": subjects, "event.csv": events])
  }

  @Test func `the trials' medians are predicted, and the one that fails fails in the open`()
    async throws
  {
    guard let dataset = try Self.dataset() else { return }
    let document = try await dataset.run(
      "backtest", ["correlation": "0.28", "first-scan": "8w"])
    let table = try #require(document.tables.last)
    for row in table.rows { print(row.map { $0.text }.joined(separator: " | ")) }
    print(document.primary?.text ?? "")
    // Published by the paper's own code at this correlation, for Figures 4A to 4E; it draws patients,
    // and an arm of 100 has steps of a hundredth of its curve.
    let published = [12.22, 7.26, 3.80, 9.26, 10.32]
    try #require(table.rows.count == published.count)
    for (row, expected) in zip(table.rows, published) {
      let predicted = try #require(row[3].number)
      #expect((predicted - expected).magnitude < 0.17, "\(row[0].text) \(predicted)")
    }
    #expect(table.rows.map { $0[9] } == ["yes", "yes", "yes", "yes", "NO"])
  }
}
