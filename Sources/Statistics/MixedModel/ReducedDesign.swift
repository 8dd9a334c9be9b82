internal import Glibc

/// What a mixed model's likelihood needs of the data, in few rows.
///
/// The fixed columns X and the random columns Z are made orthogonal, and the response becomes the
/// residual of its regression on X, scaled to mean square 1. Each subject's rows are then turned so
/// that its Z is triangular: below the first *q* rows nothing random is left, whatever the
/// covariance of the random effects, and those rows enter as one sum of products. No sum of squares
/// is ever found as a difference.
struct ReducedDesign: Sendable {
  let observations: Int
  let fixed: OrthogonalColumns
  let random: OrthogonalColumns
  /// The coefficients, on the orthogonal columns, of the ordinary regression.
  let regression: [Double]
  /// What the residuals were divided by.
  let scale: Double
  /// Each subject's rows of Z, X and y, one after another.
  private(set) var rows: [Double] = []
  /// The number of rows of each subject.
  private(set) var heights: [Int] = []
  /// The sums of products of X and y over all rows without random effects.
  private(set) var remainder: Matrix

  var fixedCount: Int { fixed.columns.count }
  var randomCount: Int { random.columns.count }
  var width: Int { randomCount + fixedCount + 1 }

  /// - Parameters:
  ///   - response: one value for each observation.
  ///   - fixed: the columns of the fixed effects.
  ///   - random: the columns of the random effects.
  ///   - members: the observations of each subject.
  /// - Throws: ``StatisticsError/dependentColumn(_:)``,
  ///   ``StatisticsError/noResidualVariation``.
  init(
    _ response: [Double], fixed: [DesignColumn], random: [DesignColumn], members: [[Int]]
  ) throws(StatisticsError) {
    observations = response.count
    self.fixed = try OrthogonalColumns(fixed)
    self.random = try OrthogonalColumns(random)
    var residuals = response
    var regression = [Double](repeating: 0, count: fixed.count)
    for _ in 0..<2 {
      for (index, column) in self.fixed.columns.enumerated() {
        let share = dot(column, residuals) / Double(response.count)
        regression[index] += share
        for row in residuals.indices { residuals[row] -= share * column[row] }
      }
    }
    self.regression = regression
    let meanSquare = dot(residuals, residuals) / Double(response.count)
    guard meanSquare > 1e-24 * dot(response, response) / Double(response.count) else {
      throw .noResidualVariation
    }
    let root = meanSquare.squareRoot()
    scale = root
    remainder = Matrix(rows: fixed.count + 1, columns: fixed.count + 1)
    let columns = self.random.columns + self.fixed.columns + [residuals.map { $0 / root }]
    for indices in members { add(indices.map { index in columns.map { $0[index] } }) }
  }

  private mutating func add(_ subject: [[Double]]) {
    var subject = subject
    let height = min(subject.count, randomCount)
    if subject.count > randomCount {
      for column in 0..<randomCount { Self.reflect(&subject, at: column) }
    }
    heights.append(height)
    for row in subject[..<height] { rows.append(contentsOf: row) }
    for row in subject[height...] {
      for i in 0...fixedCount {
        for j in 0...i {
          remainder[i, j] += row[randomCount + i] * row[randomCount + j]
        }
      }
    }
  }

  /// Householder's reflection that clears a column below its diagonal.
  private static func reflect(_ rows: inout [[Double]], at pivot: Int) {
    let size = rows[pivot...].reduce(0) { $0 + $1[pivot] * $1[pivot] }.squareRoot()
    guard size > 0 else { return }
    let head = rows[pivot][pivot]
    var normal = rows[pivot...].map { $0[pivot] }
    normal[0] = head + (head < 0 ? -size : size)
    let square = dot(normal, normal)
    for column in pivot..<rows[pivot].count {
      var product = 0.0
      for (offset, value) in normal.enumerated() { product += value * rows[pivot + offset][column] }
      let share = 2 * product / square
      for (offset, value) in normal.enumerated() { rows[pivot + offset][column] -= share * value }
    }
  }
}
