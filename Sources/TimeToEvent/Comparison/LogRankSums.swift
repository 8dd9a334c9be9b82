/// The sums a log-rank test is made of.
struct LogRankSums {
  private let groups: Int
  private(set) var observed: [Double]
  private(set) var expected: [Double]
  /// The lower triangle, row by row.
  private var covariance: [Double]

  init(groups: Int) {
    self.groups = groups
    observed = [Double](repeating: 0, count: groups)
    expected = observed
    covariance = [Double](repeating: 0, count: groups * (groups + 1) / 2)
  }

  mutating func add(_ moment: borrowing RiskSets.Moment, weight: Double) {
    let (n, d) = (Double(moment.totalAtRisk), Double(moment.totalEvents))
    for group in 0..<groups {
      observed[group] += weight * Double(moment.events[group])
      expected[group] += weight * d * Double(moment.atRisk[group]) / n
    }
    guard n > 1 else { return }
    let factor = weight * weight * d * (n - d) / ((n - 1) * n * n)
    var cell = 0
    for row in 0..<groups {
      let atRisk = Double(moment.atRisk[row])
      let scaled = factor * atRisk
      for column in 0..<row { covariance[cell + column] -= scaled * Double(moment.atRisk[column]) }
      covariance[cell + row] += scaled * (n - atRisk)
      cell += row + 1
    }
  }

  var covarianceMatrix: SymmetricMatrix { SymmetricMatrix(size: groups, cells: covariance) }

  /// (O − E)ᵀ V⁻ (O − E) and the rank of V; nil where V is 0.
  ///
  /// A group whose variance is used up by those before it, as the last one's always is, adds
  /// nothing.
  var quadraticForm: (statistic: Double, rank: Int)? {
    let elimination = Elimination(covarianceMatrix)
    guard elimination.rank > 0 else { return nil }
    let differences = zip(observed, expected).map { $0 - $1 }
    return (elimination.quadraticForm(differences), elimination.rank)
  }
}
