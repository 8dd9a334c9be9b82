import Foundation
import ReferenceTesting
import Testing

/// The tables of the guide are those of the reference file.
struct GuideTests {
  typealias Row = SimulatedPropertiesTests.Row

  private static let guide = Result {
    try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/doubletd/doubletd.docc/EarlyOrLate.md"), encoding: .utf8)
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  @Test(arguments: try SimulatedPropertiesTests.table.get().rows)
  func showsEachRow(row: Row) throws {
    let lines = try Self.guide.get().split(separator: "\n").map(String.init)
    let rejected = { (test: String) in
      String(format: "%.3f", row.rejected[test]?.first ?? .nan)
    }
    let tests = [
      "wilcoxon", "sign", "hodges-lehmann", "wilcoxon-late-faster", "mcnemar", "tango",
    ]
    let head = [row.truth, "\(row.decay)"]
    #expect(lines.contains(Self.line(head + tests.map(rejected))))
    let references = [0.008, 0.012, 0.016, 0.0193].map { rate in
      rejected("reference-share@\(rate)") + " / " + rejected("reference-mean@\(rate)")
    }
    #expect(lines.contains(Self.line(head + references)))
    let patients = [row.kill, row.immuneKill].map { String(format: "%.4f", $0) }
    let sizes = [row.medianEarly, row.medianLate, row.shrinking[0], row.faster[0]]
      .map { String(format: "%.3f", $0) }
    #expect(lines.contains(Self.line(head + patients + sizes)))
  }
}

extension SimulatedPropertiesTests.Row {
  fileprivate var truth: String {
    String(format: "%.0f%%", responseRate * 100)
      + (lifted == nil ? " alone" : " + immune to 50%")
  }
}
