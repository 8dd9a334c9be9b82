import Statistics
import Testing

/// Limits, or *p*-values for two-sided, greater and less, by the name of the method.
struct ReferenceRow: Decodable, Sendable, CustomTestStringConvertible {
  var x, n: Int?
  var table: [Int]?
  var level, rate: Double?
  var limits, pValues: [String: [Double]]?

  var testDescription: String {
    let counts = table.map { "\($0)" } ?? "\(x ?? -1)/\(n ?? -1)"
    return [counts, level.map { "level \($0)" }, rate.map { "against \($0)" }]
      .compactMap(\.self).joined(separator: ", ")
  }

  var count: ResponseCount {
    get throws { try ResponseCount(responders: #require(x), patients: #require(n)) }
  }

  var counts: ContingencyTable {
    get throws { try .make(#require(table)) }
  }
}
