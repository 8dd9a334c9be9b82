import Statistics
import Testing

/// Limits, or *p*-values for two-sided, greater and less, by the name of the method.
struct ReferenceRow: Decodable, Sendable, CustomTestStringConvertible {
  var x, n: Int?
  var table: [Int]?
  var strata, groups: [[Int]]?
  var scores: [Double]?
  var values: [[Double]]?
  var estimate: Double?
  var method: String?
  var points: [[Double]]?
  var level, rate: Double?
  var limits, pValues: [String: [Double]]?

  var testDescription: String {
    [counted, method, level.map { "level \($0)" }, rate.map { "against \($0)" }]
      .compactMap(\.self).joined(separator: ", ")
  }

  private var counted: String {
    if let table { return "\(table)" }
    if let groups = strata ?? groups { return "\(groups)" }
    if let values { return "\(values)" }
    return "\(x ?? -1)/\(n ?? -1)"
  }

  var count: ResponseCount {
    get throws { try ResponseCount(responders: #require(x), patients: #require(n)) }
  }

  /// Responders and patients of several groups.
  var groupCounts: [ResponseCount] {
    get throws {
      try #require(groups).map { try ResponseCount(responders: $0[0], patients: $0[1]) }
    }
  }

  var counts: ContingencyTable {
    get throws { try .make(#require(table)) }
  }
}
