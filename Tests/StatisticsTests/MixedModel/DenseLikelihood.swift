import Foundation

@testable import Statistics

/// The log likelihood of a mixed model written out: one covariance matrix for all observations,
/// nothing profiled, no sums by subject.
struct DenseLikelihood {
  let row: MixedModelRow

  /// With the fixed effects at their likeliest values for the covariance given.
  func value(randomCovariance: [[Double]], residualVariance: Double) -> Double? {
    let n = row.response.count
    let p = row.fixed.count
    guard let root = Cholesky(covariance(randomCovariance, residualVariance)) else { return nil }
    let solved = row.fixed.map { root.solve($0.values) }
    var information = Matrix(rows: p, columns: p)
    for i in 0..<p {
      for j in 0..<p { information[i, j] = dot(row.fixed[i].values, solved[j]) }
    }
    guard let inner = Cholesky(information) else { return nil }
    let beta = inner.solve(solved.map { dot($0, row.response) })
    let residuals = (0..<n).map { i in
      row.response[i] - (0..<p).reduce(0) { $0 + row.fixed[$1].values[i] * beta[$1] }
    }
    let square = dot(residuals, root.solve(residuals))
    let isRestricted = row.criterion == .restricted
    let freedom = Double(isRestricted ? n - p : n)
    return
      -(root.logDeterminant + (isRestricted ? inner.logDeterminant : 0) + square
      + freedom * log(2 * .pi)) / 2
  }

  private func covariance(_ random: [[Double]], _ residual: Double) -> Matrix {
    let n = row.response.count
    var matrix = Matrix(diagonal: residual, size: n)
    for i in 0..<n {
      for j in 0..<n where row.subjects[i] == row.subjects[j] {
        for a in random.indices {
          for b in random.indices {
            matrix[i, j] += row.random[a].values[i] * random[a][b] * row.random[b].values[j]
          }
        }
      }
    }
    return matrix
  }
}
