import ReferenceTesting
import Testing

@testable import TimeToEvent

struct InteractionTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let sample, groups, subgroups: String
    let strata: String?
    /// A subgroup whose patients of the first group are left out.
    let hollow: String?
    let ties: CoxTies
    let statistic, p: Double
    let df, subjects: Int

    var testDescription: String {
      "\(sample) \(groups) \(subgroups) \(strata ?? "") \(hollow ?? "") \(ties)"
    }
  }

  static let reference = Result { try ReferenceTable<Row>.load("interaction", in: .module) }

  @Test("agrees with R", arguments: try reference.get().rows)
  func agreesWithR(row: Row) throws {
    let all = try ReferenceSample.named(row.sample).complete([row.groups, row.subgroups])
    let levels = try all.labels(row.subgroups)
    // The one patient of the lung sample whose performance is 3 is left out, as in the reference.
    let groups = try all.grouping(row.groups)
    let kept = levels.indices.filter {
      (row.sample != "lung" || levels[$0] != "3")
        && (levels[$0] != row.hollow || groups.codes[$0] != 0)
    }
    let data = ReferenceSample(columns: all.columns.mapValues { column in kept.map { column[$0] } })
    #expect(kept.count == row.subjects)
    let tolerance = try Self.reference.get().relativeTolerance
    let test = try InteractionTest(
      data.eventTimes(), groups: data.grouping(row.groups),
      subgroups: data.grouping(row.subgroups), strata: row.strata.map(data.grouping),
      ties: row.ties
    ).test
    #expect(test.degreesOfFreedom == row.df)
    // A difference of two log likelihoods of some hundreds.
    #expect(test.statistic.agrees(with: row.statistic, within: tolerance))
    #expect(test.pValue.agrees(with: row.p, within: tolerance))
  }

  @Test("is the same whichever variable is called the groups")
  func symmetry() throws {
    let data = try ReferenceSample.named("veteran")
    let (trt, cells) = (try data.grouping("trt"), try data.grouping("celltype"))
    let one = try InteractionTest(data.eventTimes(), groups: trt, subgroups: cells).test
    let other = try InteractionTest(data.eventTimes(), groups: cells, subgroups: trt).test
    #expect(one.statistic.agrees(with: other.statistic, within: 1e-9))
  }

  @Test("a subgroup without one of the groups cannot be tested")
  func emptyCell() throws {
    let sample = try EventTimes(
      times: [1, 2, 3, 4, 5, 6], occurred: Array(repeating: true, count: 6))
    let groups = Grouping(["a", "b", "a", "a", "b", "a"])
    let subgroups = Grouping(["x", "x", "y", "y", "x", "y"])
    #expect(throws: TimeToEventError.tooFewSubgroups(1)) {
      try InteractionTest(sample, groups: groups, subgroups: subgroups)
    }
    #expect(
      "\(TimeToEventError.tooFewSubgroups(1))"
        == "an interaction needs two subgroups that hold both groups, not 1")
  }
}
