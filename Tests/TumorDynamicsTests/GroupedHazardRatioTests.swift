import Foundation
import ReferenceTesting
import Testing

@testable import TumorDynamics

struct GroupedHazardRatioTests {
  struct Row: Decodable, Sendable {
    let controlAtRisk, controlEvents, treatedAtRisk, treatedEvents: [Double]
    let logRatio: Double

    var intervals: [GroupedHazardRatio.Interval] {
      controlAtRisk.indices.map {
        .init(
          atRisk: (controlAtRisk[$0], treatedAtRisk[$0]),
          events: (controlEvents[$0], treatedEvents[$0]))
      }
    }
  }

  static let table = Result {
    try ReferenceTable<Row>.load("grouped-hazard-ratio", in: .module)
  }

  @Test("agrees with R's complementary log-log regression", arguments: try table.get().rows)
  func agrees(row: Row) throws {
    let found = try #require(GroupedHazardRatio(intervals: row.intervals).logRatio)
    #expect(found.agrees(with: row.logRatio, within: try Self.table.get().relativeTolerance))
  }

  @Test("recovers proportional hazards exactly", arguments: [0.3, 0.93, 1, 2.5])
  func recovers(ratio: Double) throws {
    let intervals = [0.1, 0.4, 0.02].map { hazard in
      GroupedHazardRatio.Interval(
        atRisk: (1_000, 600),
        events: (-1_000 * expm1(-hazard), -600 * expm1(-hazard * ratio)))
    }
    let found = try #require(GroupedHazardRatio(intervals: intervals).logRatio)
    #expect((found - log(ratio)).magnitude < 1e-9)
  }

  @Test("is unknown where an arm has no progression")
  func unknown() {
    let interval = GroupedHazardRatio.Interval(atRisk: (10, 10), events: (0, 3))
    #expect(GroupedHazardRatio(intervals: [interval]).logRatio == nil)
  }
}
