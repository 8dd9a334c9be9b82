import ReferenceTesting
import Testing

@testable import TimeToEvent

/// Values that several programs agree on, or that one has, of the same functions.
struct GoldenTests {
  static let table = Result { try ReferenceTable<GoldenRow>.load("golden", in: .module) }

  @Test(
    "agrees with R, lifelines and statsmodels",
    arguments: try table.get().rows.filter { !$0.isOtherConvention })
  func agrees(row: GoldenRow) throws {
    let iterates = ["cox", "cox_zph"].contains(row.function)
    let tolerance = iterates ? 1e-8 : try Self.table.get().relativeTolerance
    let found = try row.computed()
    #expect(agree(found, row.expected, tolerance), "\(found ?? .nan), not \(row.expected ?? .nan)")
  }
}
