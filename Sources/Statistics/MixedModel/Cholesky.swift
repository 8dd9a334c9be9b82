internal import Glibc

/// A positive definite matrix A as L Lᵀ.
package struct Cholesky: Sendable {
  /// L, lower triangular.
  package let factor: Matrix

  /// Nil when the matrix is not positive definite.
  package init?(_ matrix: Matrix) {
    let size = matrix.rows
    var factor = Matrix(rows: size, columns: size)
    for i in 0..<size {
      for j in 0...i {
        var sum = matrix[i, j]
        for k in 0..<j { sum -= factor[i, k] * factor[j, k] }
        if i > j {
          factor[i, j] = sum / factor[j, j]
        } else {
          guard sum > 0 else { return nil }
          factor[i, i] = sum.squareRoot()
        }
      }
    }
    self.factor = factor
  }

  var logDeterminant: Double { (0..<factor.rows).reduce(0) { $0 + 2 * log(factor[$1, $1]) } }

  package func solve(_ right: [Double]) -> [Double] {
    var x = right
    for i in x.indices {
      for j in 0..<i { x[i] -= factor[i, j] * x[j] }
      x[i] /= factor[i, i]
    }
    for i in x.indices.reversed() {
      for j in (i + 1)..<max(i + 1, x.count) { x[i] -= factor[j, i] * x[j] }
      x[i] /= factor[i, i]
    }
    return x
  }

  var inverse: Matrix {
    var inverse = Matrix(rows: factor.rows, columns: factor.rows)
    for column in 0..<factor.rows {
      var unit = [Double](repeating: 0, count: factor.rows)
      unit[column] = 1
      for (row, value) in solve(unit).enumerated() { inverse[row, column] = value }
    }
    return inverse
  }
}
