import Statistics
import Testing

/// Differences, and what exact arithmetic makes of them.
struct SignedRankRow: Decodable, Sendable, CustomTestStringConvertible {
  struct Rule: Decodable, Sendable {
    var statistic: Double
    var exact, normal, normalCorrected: [Double]

    enum CodingKeys: String, CodingKey {
      case statistic, exact, normal
      case normalCorrected = "normal-cc"
    }

    func pValues(_ method: WilcoxonSignedRank.Method) -> [Double] {
      switch method {
      case .exact: exact
      case .normal: normal
      case .normalContinuityCorrected: normalCorrected
      }
    }
  }

  var differences: [Double]
  /// Two-sided, greater, less, as everywhere.
  var sign: [Double]
  var rules: [String: Rule]
  /// The estimate, the two limits and the level attained, by the level asked for.
  var hodgesLehmann: [String: [Double]]

  var testDescription: String { "\(differences.count): \(differences.prefix(5))" }
}

struct PairedTableRow: Decodable, Sendable, CustomTestStringConvertible {
  var table: [Int]
  var pValues: [String: [Double]]
  var limits: [String: [String: [Double]]]

  var testDescription: String { "\(table)" }
}

/// What R and its packages print.
struct PairedPrograms: Decodable, Sendable {
  struct Series: Decodable, Sendable {
    var differences: [Double]
    var statistic: Double
    var wilcoxonExact, wilcoxonNormal, wilcoxonCorrected, prattExact, prattNormal: [Double]
    var sign: [Double]
    /// Level, estimate, limits, and the one-sided limits for greater and for less.
    var hodgesLehmann: [[Double]]?
  }

  struct Table: Decodable, Sendable {
    var table: [Int]
    var asymptotic, corrected, exact: Double
  }

  var series: [Series]
  var tables: [Table]
}

/// One value printed in a paper or by another program.
struct PairedPublishedRow: Decodable, Sendable, CustomTestStringConvertible {
  var source, quantity: String
  var leftOut, method: String?
  var alternative: Alternative?
  var differences: [Double]?
  var table: [Int]?
  var level, expected, tolerance: Double?

  var testDescription: String { "\(source) \(quantity)" }
}

extension PairedTable {
  static func make(_ counts: [Int]) throws -> Self {
    try #require(counts.count == 4)
    return try PairedTable(
      both: counts[0], firstOnly: counts[1], secondOnly: counts[2], neither: counts[3])
  }
}
