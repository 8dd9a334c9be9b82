import ReferenceTesting
import Statistics
import Testing

@testable import TimeToEvent

struct IndependenceTests {
  struct Curve: Decodable, Sendable {
    let times, survival: [Double]
    let end: Double?

    var function: SurvivalFunction {
      get throws { try SurvivalFunction(times: times, survival: survival, followedTo: end) }
    }
  }

  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let model: String
    let first, second: Curve
    let correlation: Double
    let scans: [Double]?
    let times, survival, simulated: [Double]

    var testDescription: String { "\(model) \(correlation) \(scans ?? [])" }

    var combination: SurvivalFunction {
      get throws {
        let (one, two) = (try first.function, try second.function)
        guard let scans else {
          return try IndependentAction(one, two, correlation: correlation).combination
        }
        return try AdditiveAction(
          one, two, firstScan: max(scans[0], scans[1]), correlation: correlation
        ).combination
      }
    }
  }

  static let reference = Result { try ReferenceTable<Row>.load("independence", in: .module) }

  @Test("agrees with an integral over one part's variable", arguments: try reference.get().rows)
  func agreesWithQuadrature(row: Row) throws {
    let found = try row.combination
    let tolerance = try Self.reference.get().relativeTolerance
    for (time, survival) in zip(row.times, row.survival) {
      #expect(
        found.survival(at: time).agrees(with: survival, within: tolerance),
        "\(found.survival(at: time)), not \(survival), at \(time)")
    }
  }

  @Test("agrees with drawn patients", arguments: try reference.get().rows)
  func agreesWithSimulation(row: Row) throws {
    let found = try row.combination
    for (time, simulated) in zip(row.times, row.simulated) {
      let survival = found.survival(at: time)
      // 378 comparisons at five standard errors: a false alarm in one of 5,000 tables.
      let error = (survival * (1 - survival) / 400_000).squareRoot()
      #expect((survival - simulated).magnitude < 5 * error + 1e-5)
    }
  }

  /// 1 − Φ₂ for 25 % and 20 % at latent correlations, to the five digits published with them.
  @Test(
    "a share free of the event is as a response rate",
    arguments: zip(
      [-0.3, 0, 0.3, 0.5, 0.8, 1], [0.42438, 0.4, 0.37087, 0.34803, 0.30362, 0.25]))
  func copula(latent: Double, expected: Double) throws {
    let one = try SurvivalFunction(times: [1], survival: [0.25], followedTo: 3)
    let two = try SurvivalFunction(times: [2], survival: [0.2], followedTo: 3)
    let spearman = 6 / Double.pi * asine(latent / 2)
    let action = try IndependentAction(one, two, correlation: spearman)
    #expect((action.survival(at: 2.5) - expected).magnitude < 1e-5)
    let added = try AdditiveAction(
      one, two, firstScan: 9, correlation: spearman
    ).combination
    #expect(
      (added.survival(at: 2.5) - expected).magnitude < 1e-5, "all before the first scan: no more")
  }

  /// By bisection, so that this file needs no library of functions.
  private func asine(_ value: Double) -> Double {
    var (low, high) = (-1.6, 1.6)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if sine(middle) < value { low = middle } else { high = middle }
    }
    return low
  }

  private func sine(_ x: Double) -> Double {
    var (term, sum) = (x, x)
    for k in 1..<20 {
      term *= -x * x / Double(2 * k * (2 * k + 1))
      sum += term
    }
    return sum
  }
}
