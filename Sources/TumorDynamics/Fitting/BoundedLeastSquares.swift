internal import Statistics

/// Minimizes a sum of squares over parameters from 0 to 1 by Levenberg's and Marquardt's method.
///
/// Steps are cut at the bounds; a parameter at a bound it is pushed against stays there.
///
/// ## References
///
/// - Marquardt DW (1963). An algorithm for least-squares estimation of nonlinear parameters.
///   *J Soc Ind Appl Math* 11:431–441.
struct BoundedLeastSquares {
  /// A residual and its derivatives by each parameter.
  typealias Residual = (value: Double, gradient: [Double])

  struct Minimum {
    let parameters: [Double]
    let sumOfSquares: Double
  }

  let dimension: Int
  let residuals: ([Double]) -> [Residual]

  /// Nothing where no step improves and the last is not short.
  func minimum(from start: [Double]) -> Minimum? {
    var parameters = start
    var residuals = residuals(parameters)
    var sum = Self.sumOfSquares(residuals)
    guard sum.isFinite else { return nil }
    var damping = 1e-3
    for _ in 0..<1_000 {
      guard let step = step(residuals, at: parameters, damping: damping) else { return nil }
      let next = zip(parameters, step).map { min(max($0 + $1, 0), 1) }
      let nextResiduals = self.residuals(next)
      let nextSum = Self.sumOfSquares(nextResiduals)
      let isShort = zip(next, parameters).allSatisfy {
        ($0 - $1).magnitude <= 1e-13 * (1e-6 + $1.magnitude)
      }
      if nextSum <= sum {
        (parameters, residuals, sum) = (next, nextResiduals, nextSum)
        damping = max(damping / 10, 1e-12)
      } else {
        damping *= 10
      }
      if isShort || damping > 1e12 { return Minimum(parameters: parameters, sumOfSquares: sum) }
    }
    return nil
  }

  /// (JᵀJ)⁻¹; nothing where it is singular.
  func inverseInformation(at parameters: [Double]) -> [[Double]]? {
    let information = Self.information(residuals(parameters), dimension)
    let columns = (0..<dimension).map { index in
      Self.solve(information, (0..<dimension).map { $0 == index ? 1 : 0 })
    }
    return columns.contains { $0 == nil } ? nil : columns.compactMap { $0 }
  }

  private func step(
    _ residuals: [Residual], at parameters: [Double], damping: Double
  ) -> [Double]? {
    var information = Self.information(residuals, dimension)
    var descent = (0..<dimension).map { index in
      -residuals.reduce(0) { $0 + $1.value * $1.gradient[index] }
    }
    for index in 0..<dimension {
      let isHeld =
        (parameters[index] == 0 && descent[index] < 0)
        || (parameters[index] == 1 && descent[index] > 0)
      if isHeld {
        for other in 0..<dimension {
          information[index][other] = 0
          information[other][index] = 0
        }
        (information[index][index], descent[index]) = (1, 0)
      }
      information[index][index] *= 1 + damping
    }
    return Self.solve(information, descent)
  }

  private static func sumOfSquares(_ residuals: [Residual]) -> Double {
    residuals.reduce(0) { $0 + $1.value * $1.value }
  }

  /// JᵀJ.
  private static func information(_ residuals: [Residual], _ dimension: Int) -> [[Double]] {
    (0..<dimension).map { row in
      (0..<dimension).map { column in
        residuals.reduce(0) { $0 + $1.gradient[row] * $1.gradient[column] }
      }
    }
  }

  /// Solves a positive definite system with the diagonal scaled to 1; nothing where it is as good as
  /// singular.
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    let scale = matrix.indices.map { matrix[$0][$0] > 0 ? matrix[$0][$0].squareRoot() : 0 }
    guard !scale.contains(0) else { return nil }
    var scaled = Matrix(rows: scale.count, columns: scale.count)
    for row in matrix.indices {
      for column in matrix.indices {
        scaled[row, column] = matrix[row][column] / (scale[row] * scale[column])
      }
    }
    // The squares of the diagonal are the pivots of elimination.
    guard let cholesky = Cholesky(scaled),
      matrix.indices.allSatisfy({ cholesky.factor[$0, $0] * cholesky.factor[$0, $0] > 1e-14 })
    else { return nil }
    return zip(cholesky.solve(zip(right, scale).map { $0 / $1 }), scale).map { $0 / $1 }
  }
}
