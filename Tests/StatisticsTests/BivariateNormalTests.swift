import ReferenceTesting
import Statistics
import Testing

struct BivariateNormalTests {
  struct Row: Decodable, Sendable {
    let values: [Double]
    let expected: Double
  }

  static let reference = Result {
    try ReferenceTable<Row>.load("bivariate-normal", in: .module)
  }

  /// A probability far below 1e-3 is a difference of larger ones: 1e-15 of those are left to it.
  @Test("agrees with an integral at 30 digits", arguments: try reference.get().rows)
  func agreesWithReference(row: Row) throws {
    let tail = try BivariateNormal(correlation: row.values[2])
      .upperTail(row.values[0], row.values[1])
    let tolerance = try Self.reference.get().relativeTolerance
    #expect(
      (1 + tail).agrees(with: 1 + row.expected, within: 1e-15)
        && (row.expected < 1e-3 || tail.agrees(with: row.expected, within: tolerance)),
      "\(row.values): \(tail) v \(row.expected)")
  }

  @Test(
    "is symmetric, and its quadrants add up",
    arguments: [-1, -0.9999, -0.7, -0.5, -0.1, 0, 0.3, 0.5, 0.500001, 0.95, 1])
  func laws(correlation: Double) throws {
    let normal = try BivariateNormal(correlation: correlation)
    let mirrored = try BivariateNormal(correlation: -correlation)
    for x in [-3, -1, -0.2, 0, 0.2, 1.5] {
      for y in [-2, -0.2, 0, 0.7, 1.5] {
        let both = normal.upperTail(x, y)
        let one = try BivariateNormal(correlation: 0).upperTail(x, -.infinity)
        #expect((1 + both).agrees(with: 1 + normal.upperTail(y, x), within: 1e-15))
        let sum = both + mirrored.upperTail(x, -y)
        #expect(sum.agrees(with: one, within: 1e-13), "\(x), \(y)")
      }
    }
  }

  @Test(arguments: [-1.01, 1.01, .nan, .infinity])
  func refusesWhatIsNoCorrelation(_ value: Double) {
    #expect {
      try BivariateNormal(correlation: value)
    } throws: { error in
      guard case .correlationOutOfRange? = error as? StatisticsError else { return false }
      return "\(error)" == "a correlation must lie between -1 and 1, not \(value)"
    }
  }
}
