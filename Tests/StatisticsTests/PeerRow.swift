import ReferenceTesting
import Statistics
import Testing

/// One value from a paper or another program, or the reason why this module has none for it.
struct PeerRow: Decodable, Sendable, CustomTestStringConvertible {
  enum Family: String, Decodable {
    case interval, difference, ratio, trend
    case oddsRatio = "odds-ratio"
    case oneSample = "one-sample"
    case twoSample = "two-sample"
  }

  var id: String
  var family: Family
  var leftOut: String?
  var method: String?
  var alternative: Alternative?
  var x, n: Int?
  var level, rate: Double?
  var table: [Int]?
  /// Responders and patients of ordered groups, and their scores; or values of ordered groups.
  var groups: [[Int]]?
  var scores: [Double]?
  var values: [[Double]]?
  var lower, upper, p, statistic, estimate: Limit?
  /// Absolute; 0 leaves it to the table's relative one.
  var tolerance: Double?

  var testDescription: String { id }

  /// What this module computes where the row has a value, in pairs.
  func comparisons() throws -> [(ours: Double, theirs: Double)] {
    let ours = try computed()
    return [
      (ours.0, lower ?? p), (ours.1, upper ?? statistic), (ours.2, estimate),
    ].compactMap { ours, theirs in theirs.map { (ours, $0.value) } }
  }

  private func computed() throws -> (Double, Double, Double) {
    switch family {
    case .interval:
      let interval = try ProportionInterval(count, level: #require(level), method: named())
      return (interval.lower, interval.upper, .nan)
    case .difference:
      let interval = try DifferenceInterval(counts, level: #require(level), method: named())
      return (interval.lower, interval.upper, .nan)
    case .oneSample:
      let test = try OneSampleTest(count, against: #require(rate))
      let result = try test.result(named(), #require(alternative))
      return (result.pValue, result.statistic ?? .nan, .nan)
    case .twoSample:
      let result = try TwoSampleTest(counts).result(named(), #require(alternative))
      return (result.pValue, result.statistic ?? .nan, .nan)
    case .ratio:
      let interval = try RatioInterval(counts, level: #require(level), method: named())
      return (interval.lower, interval.upper, .nan)
    case .oddsRatio:
      let interval = try OddsRatioInterval(counts, level: #require(level), method: named())
      return (interval.lower, interval.upper, interval.estimate ?? .nan)
    case .trend:
      let result = try trend()
      return (result.pValue, result.statistic ?? .nan, .nan)
    }
  }

  private func trend() throws -> Statistics.TestResult {
    let alternative = try #require(alternative)
    if let values { return try #require(try JonckheereTest(values).exact(alternative)) }
    let counts = try #require(groups).map { try ResponseCount(responders: $0[0], patients: $0[1]) }
    return try TrendTest(TrendTable(counts, scores: scores))
      .result(named(), alternative)
  }

  private func named<Method: RawRepresentable<String>>() throws -> Method {
    let name = try #require(method)
    return try #require(Method(rawValue: name), "no method is called \(name)")
  }

  private var count: ResponseCount {
    get throws { try ResponseCount(responders: #require(x), patients: #require(n)) }
  }

  private var counts: ContingencyTable {
    get throws { try .make(#require(table)) }
  }
}

/// A number, or `inf` for a limit that is infinite.
struct Limit: Decodable, Sendable {
  let value: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try? container.decode(String.self)
    value = text == "inf" ? .infinity : try container.decode(Double.self)
  }
}

extension ContingencyTable {
  /// Treated responders and patients, control responders and patients.
  static func make(_ counts: [Int]) throws -> Self {
    try #require(counts.count == 4)
    return ContingencyTable(
      treated: try ResponseCount(responders: counts[0], patients: counts[1]),
      control: try ResponseCount(responders: counts[2], patients: counts[3]))
  }
}
