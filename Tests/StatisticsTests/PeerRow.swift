import ReferenceTesting
import Statistics
import Testing

/// One value from a paper or another program, or the reason why this module has none for it.
struct PeerRow: Decodable, Sendable, CustomTestStringConvertible {
  enum Family: String, Decodable {
    case interval, difference
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
  var lower, upper, p, statistic: Double?
  /// Absolute; 0 leaves it to the table's relative one.
  var tolerance: Double?

  var testDescription: String { id }

  /// What this module computes where the row has a value, in pairs.
  func comparisons() throws -> [(ours: Double, theirs: Double)] {
    let ours = try values()
    return [(ours.0, lower ?? p), (ours.1, upper ?? statistic)].compactMap { ours, theirs in
      theirs.map { (ours, $0) }
    }
  }

  private func values() throws -> (Double, Double) {
    switch family {
    case .interval:
      let interval = try ProportionInterval(count, level: #require(level), method: named())
      return (interval.lower, interval.upper)
    case .difference:
      let interval = try DifferenceInterval(counts, level: #require(level), method: named())
      return (interval.lower, interval.upper)
    case .oneSample:
      let test = try OneSampleTest(count, against: #require(rate))
      let result = try test.result(named(), #require(alternative))
      return (result.pValue, result.statistic ?? .nan)
    case .twoSample:
      let result = try TwoSampleTest(counts).result(named(), #require(alternative))
      return (result.pValue, result.statistic ?? .nan)
    }
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

extension ContingencyTable {
  /// Treated responders and patients, control responders and patients.
  static func make(_ counts: [Int]) throws -> Self {
    try #require(counts.count == 4)
    return ContingencyTable(
      treated: try ResponseCount(responders: counts[0], patients: counts[1]),
      control: try ResponseCount(responders: counts[2], patients: counts[3]))
  }
}
