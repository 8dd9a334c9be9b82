import Foundation
import ReferenceTesting
import Testing
import TrialDesign

struct StandardNormalQuantileTests {
  struct Row: Decodable, Sendable {
    let tail, quantile: Double
  }

  static let table = Result {
    try ReferenceTable<Row>.load("normal-quantiles", in: .module)
  }

  @Test("agrees with mpmath", arguments: try table.get().rows)
  func agrees(row: Row) throws {
    let tolerance = try Self.table.get().relativeTolerance
    #expect(standardNormalQuantile(row.tail).agrees(with: row.quantile, within: tolerance))
    let four = standardNormalQuantiles(SIMD4(0.5, row.tail, 0.001, 0.999))
    #expect(four.y == standardNormalQuantile(row.tail))
  }

  @Test("is infinite at the ends and undefined beyond")
  func ends() {
    #expect(standardNormalQuantile(0) == -.infinity)
    #expect(standardNormalQuantile(1) == .infinity)
    #expect(standardNormalQuantile(-0.1).isNaN)
    #expect(standardNormalQuantile(1.1).isNaN)
    #expect(standardNormalQuantile(.nan).isNaN)
  }
}
