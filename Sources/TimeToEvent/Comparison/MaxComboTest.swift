public import Statistics

/// The largest of several weighted log-rank tests of two groups, with its own distribution.
///
/// The deviates of the tests are jointly normal in large samples; the covariance of two is the sum over
/// times of events of the product of their weights and the hypergeometric variance. *p* is the
/// probability that the largest of them passes the one observed, found without simulation.
///
/// A late weight can make a treatment with early harm significant: look at the curves first.
///
/// ## References
///
/// - Lee JW (1996). Some versatile tests based on the simultaneous use of weighted log-rank statistics.
///   *Biometrics* 52:721–725.
/// - Lin RS, Lin J, Roychoudhury S, et al (2020). Alternative analysis methods for time to event
///   endpoints under nonproportional hazards. *Stat Biopharm Res* 12:187–198.
public struct MaxComboTest: Sendable, Hashable {
  /// The most tests one combination holds.
  public static let maximumTests = NormalMaximum.maximumVariables

  /// Fleming and Harrington's (0, 0), (0, 1), (1, 0) and (1, 1).
  public static let standardWeights: [LogRankWeight] = [(0, 0), (0, 1), (1, 0), (1, 1)].map {
    .flemingHarrington(rho: $0, gamma: $1)
  }

  public let weights: [LogRankWeight]
  /// (O − E) / √V of the second group for each weight: positive where it has more events.
  public let deviates: [Double]
  /// Between the deviates.
  public let correlation: [[Double]]
  public let alternative: Alternative
  /// The deviate farthest toward the alternative.
  public let statistic: Double
  public let pValue: Double

  /// `.greater` means that the second group has the higher hazard.
  ///
  /// - Throws: as ``LogRankTest``; ``TimeToEventError/notTwoGroups(_:)``;
  ///   ``TimeToEventError/unusableWeights(_:limit:)`` for none or more than ``maximumTests``.
  public init(
    _ sample: EventTimes, groups: Grouping, strata: Grouping? = nil,
    weights: [LogRankWeight] = standardWeights, alternative: Alternative = .twoSided
  ) throws(TimeToEventError) {
    guard groups.count == 2 else { throw .notTwoGroups(groups.count) }
    guard (1...Self.maximumTests).contains(weights.count) else {
      throw .unusableWeights(weights.count, limit: Self.maximumTests)
    }
    for weight in weights { try weight.check() }
    var sums = MaxComboSums(tests: weights.count)
    try RiskSets(sample, groups: groups, strata: strata).forEachMoment { moment in
      sums.add(moment, weights: weights.map { $0.value(moment.pooled) })
    }
    guard let deviates = sums.deviates else { throw .nothingToCompare }
    self.weights = weights
    self.deviates = deviates
    self.alternative = alternative
    let matrix = sums.correlation
    correlation = matrix.rows
    (statistic, pValue) = Self.largest(deviates, matrix, alternative)
  }

  private static func largest(
    _ deviates: [Double], _ correlation: SymmetricMatrix, _ alternative: Alternative
  ) -> (Double, Double) {
    let measure: (Double) -> Double =
      switch alternative {
      case .twoSided: { $0.magnitude }
      case .greater: { $0 }
      case .less: { -$0 }
      }
    let farthest = deviates.reduce(deviates[0]) { measure($1) > measure($0) ? $1 : $0 }
    let maximum = NormalMaximum(correlation: correlation, isTwoSided: alternative == .twoSided)
    return (farthest, maximum.upperTail(measure(farthest)))
  }
}

/// The sums a combination of log-rank tests is made of.
private struct MaxComboSums {
  private var differences: [Double]
  private var covariance: SymmetricMatrix

  init(tests: Int) {
    differences = [Double](repeating: 0, count: tests)
    covariance = SymmetricMatrix(size: tests)
  }

  mutating func add(_ moment: borrowing RiskSets.Moment, weights: [Double]) {
    let (n, d) = (Double(moment.totalAtRisk), Double(moment.totalEvents))
    let share = Double(moment.atRisk[1]) / n
    let variance = n > 1 ? d * (n - d) / (n - 1) * share * (1 - share) : 0
    for (row, weight) in weights.enumerated() {
      differences[row] += weight * (Double(moment.events[1]) - d * share)
      for column in 0...row { covariance[row, column] += weight * weights[column] * variance }
    }
  }

  /// Nil where a test has no variance.
  var deviates: [Double]? {
    let variances = differences.indices.map { covariance[$0, $0] }
    guard variances.allSatisfy({ $0 > 0 }) else { return nil }
    return zip(differences, variances).map { $0 / $1.squareRoot() }
  }

  var correlation: SymmetricMatrix {
    var correlation = covariance
    for row in 0..<covariance.size {
      for column in 0...row {
        let scale = (covariance[row, row] * covariance[column, column]).squareRoot()
        correlation[row, column] = row == column ? 1 : min(1, covariance[row, column] / scale)
      }
    }
    return correlation
  }
}
