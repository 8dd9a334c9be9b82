import ReferenceTesting
import Statistics
import Testing

struct CombinationExcessTests {
  struct Row: Decodable, Sendable {
    let null: String
    let correlation: Double?
    let combination, first, second: [Int]
    let z, p: Double
    let bootstrap, posterior: Double?

    var excess: CombinationExcess {
      get throws {
        func count(_ pair: [Int]) throws -> ResponseCount {
          try ResponseCount(responders: pair[0], patients: pair[1])
        }
        return CombinationExcess(
          combination: try count(combination), first: try count(first), second: try count(second),
          null: try ResponseNull(named: null, correlation: correlation))
      }
    }
  }

  static let reference = Result {
    try ReferenceTable<Row>.load("combination-excess", in: .module)
  }

  @Test("agrees with other formulas", arguments: try reference.get().rows)
  func agreesWithReference(row: Row) throws {
    let tolerance = try Self.reference.get().relativeTolerance
    let excess = try row.excess
    let test = excess.waldTest
    #expect(try #require(test.statistic).agrees(with: row.z, within: tolerance))
    #expect(test.pValue.agrees(with: row.p, within: tolerance))
    if let expected = row.bootstrap {
      let p = try excess.bootstrapPValue()
      #expect(p.agrees(with: expected, within: 1e-10), "\(p) v \(expected)")
    }
    if let expected = row.posterior {
      let probability = excess.posteriorProbability
      #expect(probability.agrees(with: expected, within: 1e-7), "\(probability) v \(expected)")
    }
  }

  /// Values worked out by hand: facts on the trial with 15 of 30 responders.
  @Test("gives the worked example", arguments: [(54, 243, 0.24, 2.65), (82, 211, 0.40, 0.99)])
  func example(responders: Int, patients: Int, expected: Double, z: Double) throws {
    let excess = try CombinationExcess(
      combination: ResponseCount(responders: 15, patients: 30),
      first: ResponseCount(responders: responders, patients: patients),
      second: ResponseCount(responders: 0, patients: 22), null: .bliss)
    #expect(((excess.waldTest.statistic ?? 0) * 100).rounded() == (z * 100).rounded())
    #expect(excess.expectedRate < expected)
  }

  @Test("refuses a bootstrap without end")
  func refusal() throws {
    let large = try ResponseCount(responders: 1, patients: 1_000_000)
    let excess = CombinationExcess(combination: large, first: large, second: large, null: .bliss)
    #expect(throws: StatisticsError.self) { try excess.bootstrapPValue() }
  }
}
