/// Derivatives of a mixed model's deviance by the elements of Λ on and below its diagonal.
///
/// In Λ there are no bounds, and where a variance is estimated as 0 the deviance has slope 0 by
/// its root, so that a singular fit is an ordinary minimum.
struct FactorDerivatives: Sendable {
  let derivatives: CriterionDerivatives
  /// Row and column of every element, in the order of every vector over them.
  let elements: [(Int, Int)]
  let gradient: [Double]
  /// With σ² at its likeliest value for every Λ.
  let profiledHessian: Matrix
  /// With log σ² in the last place.
  let hessian: Matrix
  /// d vech(D) / dΛ, one row for each pair.
  private let jacobian: Matrix

  init(_ point: CriterionPoint) {
    let derivatives = CriterionDerivatives(point)
    self.derivatives = derivatives
    let q = point.factor.rows
    let elements = (0..<q).flatMap { column in (column..<q).map { ($0, column) } }
    self.elements = elements
    let jacobian = Self.jacobian(point.factor, derivatives.pairs, elements)
    self.jacobian = jacobian
    let slope = derivatives.slope
    let flat = derivatives.pairs.map { ($0.0 == $0.1 ? 1 : 2) * slope[$0.0, $0.1] }
    let turned = jacobian.transposed
    gradient = turned * flat
    let cross = turned * derivatives.cross
    let count = elements.count
    var inner = turned * derivatives.hessian * jacobian
    for (a, first) in elements.enumerated() {
      for (b, second) in elements.enumerated() where first.1 == second.1 {
        inner[a, b] += 2 * slope[first.0, second.0]
      }
    }
    let nu = point.degreesOfFreedom
    var hessian = Matrix(rows: count + 1, columns: count + 1)
    var profiled = inner
    for a in 0..<count {
      for b in 0..<count {
        hessian[a, b] = inner[a, b]
        profiled[a, b] -= cross[a] * cross[b] / nu
      }
      hessian[a, count] = cross[a]
      hessian[count, a] = cross[a]
    }
    hessian[count, count] = nu
    self.hessian = hessian
    profiledHessian = profiled
  }

  private static func jacobian(
    _ factor: Matrix, _ pairs: [(Int, Int)], _ elements: [(Int, Int)]
  ) -> Matrix {
    var jacobian = Matrix(rows: pairs.count, columns: elements.count)
    for (row, (i, j)) in pairs.enumerated() {
      for (column, (a, b)) in elements.enumerated() {
        jacobian[row, column] = (i == a ? factor[j, b] : 0) + (j == a ? factor[i, b] : 0)
      }
    }
    return jacobian
  }

  /// The derivative, by Λ and log σ², of the variance of a combination ℓ of the fixed effects on
  /// the orthogonal columns, and that variance itself.
  func variance(of combination: [Double]) -> (value: Double, slope: [Double]) {
    let point = derivatives.point
    let solved = point.information.solve(combination)
    let variance = point.residualVariance * dot(combination, solved)
    let byPairs = derivatives.informationSlopes.map {
      point.residualVariance * $0.form(solved, solved)
    }
    return (variance, jacobian.transposed * byPairs + [variance])
  }
}
