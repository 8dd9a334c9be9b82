/// A confidence interval for the difference between two paired rates, the first less the second.
///
/// For a one-sided limit of 1 − α take the level 1 − 2α and the end that is wanted.
public struct PairedDifferenceInterval: Sendable, Hashable {
  public let table: PairedTable
  public let level: Double
  public let method: Method
  public let lower: Double
  public let upper: Double

  public var estimate: Double { table.rateDifference }

  /// - Throws: ``StatisticsError/levelOutOfRange(_:)`` unless `0 < level < 1`.
  public init(
    _ table: PairedTable, level: Double = 0.95, method: Method = .tango
  ) throws(StatisticsError) {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    self.table = table
    self.level = level
    self.method = method
    let z = normalDeviate(upperTail: (1 - level) / 2)
    (lower, upper) =
      switch method {
      case .tango: tangoLimits(for: table, deviate: z)
      case .newcombe: squareAndAddLimits(for: table, deviate: z, corrects: true)
      case .newcombeUncorrected: squareAndAddLimits(for: table, deviate: z, corrects: false)
      }
  }

  public func contains(_ difference: Double) -> Bool { lower <= difference && difference <= upper }
}

extension PairedDifferenceInterval {
  /// How the interval is built.
  ///
  /// Raw values are the names used in commands and results.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Inverts the score test, whose case of no difference is McNemar's asymptotic one.
    ///
    /// ## References
    ///
    /// - Tango T (1998). Equivalence test and confidence interval for the difference in
    ///   proportions for the paired-sample design. *Stat Med* 17:891–908.
    case tango

    /// Combines Wilson's limits of the two rates, with a correction of their correlation.
    ///
    /// ## References
    ///
    /// - Newcombe RG (1998). Improved confidence intervals for the difference between binomial
    ///   proportions based on paired data. *Stat Med* 17:2635–2650, method 10.
    case newcombe = "newcombe-paired"

    /// Combines Wilson's limits of the two rates, with their correlation as observed.
    ///
    /// ## References
    ///
    /// - Newcombe RG (1998). Improved confidence intervals for the difference between binomial
    ///   proportions based on paired data. *Stat Med* 17:2635–2650, method 8.
    case newcombeUncorrected = "newcombe-paired-8"

    /// The choices made where tools differ, in one sentence.
    public var convention: String {
      switch self {
      case .tango: "Score limits for paired rates, no skewness or continuity correction."
      case .newcombe: "Newcombe's method 10: Wilson limits, correlation reduced where positive."
      case .newcombeUncorrected: "Newcombe's method 8: Wilson limits, correlation as observed."
      }
    }
  }
}
