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

  var covarianceRows: [[Double]] {
    (0..<groups).map { row in
      (0..<groups).map { covariance[Self.cell(max(row, $0), min(row, $0))] }
    }
  }

  private static func cell(_ row: Int, _ column: Int) -> Int { row * (row + 1) / 2 + column }

  /// (O − E)ᵀ V⁻ (O − E) and the rank of V; nil where V is 0.
  ///
  /// By elimination: a group whose variance is used up by those before it, as the last one's
  /// always is, adds nothing.
  var quadraticForm: (statistic: Double, rank: Int)? {
    var factor = covariance
    var pivots: [(row: Int, solved: Double)] = []
    var form = 0.0
    for row in 0..<groups {
      let start = Self.cell(row, 0)
      var remaining = factor[start + row]
      var solved = observed[row] - expected[row]
      for (index, (column, value)) in pivots.enumerated() {
        var entry = factor[start + column]
        for (earlier, _) in pivots[..<index] {
          entry -= factor[start + earlier] * factor[Self.cell(column, earlier)]
        }
        entry /= factor[Self.cell(column, column)]
        factor[start + column] = entry
        remaining -= entry * entry
        solved -= entry * value
      }
      guard remaining > 1e-10 * covariance[start + row], remaining > 0 else { continue }
      factor[start + row] = remaining.squareRoot()
      pivots.append((row, solved / remaining.squareRoot()))
      form += solved * solved / remaining
    }
    return pivots.isEmpty ? nil : (form, pivots.count)
  }
}
