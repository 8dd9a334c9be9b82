import ReferenceTesting
import Testing

@testable import TimeToEvent

/// Values printed by papers, R, SAS, lifelines and tern, at the digits they print.
struct PublishedTests {
  static let table = Result { try ReferenceTable<PublishedRow>.load("survival", in: .module) }
  static let computed =
    ComputedRow.leukemia + ComputedRow.maintenance + ComputedRow.lung + ComputedRow.ovarian
    + ComputedRow.byHand + ComputedRow.tern + ComputedRow.worcester

  /// Rows about data sets rather than samples, and the tests that hold to them.
  static let elsewhere = ["surv-052": "PilotTimesTests of the plugin survival"]

  @Test(
    "agrees with what a source prints",
    arguments: try table.get().rows.filter { elsewhere[$0.id] == nil })
  func agrees(row: PublishedRow) throws {
    let ours = try #require(
      Self.computed.first { $0.id == row.id }, "nothing computes \(row.id), \(row.method)")
    #expect(try ours.values().differences(from: row.expected, row.tolerance) == [])
  }

  @Test("every row is asserted once, and nothing is asserted that is no row")
  func everyRow() throws {
    let rows = try Self.table.get().rows.map(\.id)
    #expect(rows.count == 31)
    #expect(Set(rows).count == rows.count)
    #expect((Self.computed.map(\.id) + Self.elsewhere.keys).sorted() == rows.sorted())
  }

  @Test("a value that is off by more than the digits printed is seen")
  func differences() {
    let printed = PublishedValue.table(["a": .number(14.29), "b": .list([.number(31), .missing])])
    let near = PublishedValue.table(["a": .number(14.2949), "b": .list([.number(31), .missing])])
    #expect(near.differences(from: printed, 1e-6) == [])
    let off = PublishedValue.table(["a": .number(14.296), "b": .list([.number(32), .number(1)])])
    #expect(
      off.differences(from: printed, 1e-6) == [
        ".a: 14.296, not 14.29", ".b[0]: 32.0, not 31.0", ".b[1]: number(1.0), not missing",
      ])
    #expect(PublishedValue.table([:]).differences(from: printed, 1).count == 1)
  }

  /// R's survdiff(rho = 1) weights by the Kaplan-Meier curve, SAS's PETO by its own estimate.
  @Test("Peto and Peto's test is two tests: 14.46 in R, 14.08 in SAS")
  func peto() throws {
    let data = try ReferenceSample.named("gehan")
    let statistic = { (weight: LogRankWeight) in
      try LogRankTest(data.eventTimes(), groups: data.grouping("arm"), weight: weight).statistic
    }
    #expect((try statistic(.flemingHarrington(rho: 1, gamma: 0)) - 14.45715).magnitude < 1e-5)
    #expect((try statistic(.petoPeto) - 14.08).magnitude < 0.005)
  }
}
