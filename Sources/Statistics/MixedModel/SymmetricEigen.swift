/// The eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations.
///
/// ## References
///
/// - Golub GH, Van Loan CF (2013). *Matrix Computations*, 4th ed. Johns Hopkins, section 8.5.
struct SymmetricEigen: Sendable {
  let values: [Double]
  /// One vector for each value, of length 1.
  let vectors: [[Double]]

  init(_ matrix: Matrix) {
    let size = matrix.rows
    var a = matrix
    var v = Matrix(diagonal: 1, size: size)
    for _ in 0..<60 {
      var off = 0.0
      var scale = 0.0
      for i in 0..<size {
        scale += a[i, i] * a[i, i]
        for j in 0..<i { off += a[i, j] * a[i, j] }
      }
      if off <= 1e-34 * (scale + off) { break }
      for p in 0..<size {
        for q in (p + 1)..<max(p + 1, size) { Self.rotate(&a, &v, p, q) }
      }
    }
    values = (0..<size).map { a[$0, $0] }
    vectors = v.transposed.nested
  }

  /// Turns the plane of two coordinates so that their element becomes 0.
  private static func rotate(_ a: inout Matrix, _ v: inout Matrix, _ p: Int, _ q: Int) {
    guard a[p, q] != 0 else { return }
    let tau = (a[q, q] - a[p, p]) / (2 * a[p, q])
    let t = (tau < 0 ? -1 : 1) / (tau.magnitude + (1 + tau * tau).squareRoot())
    let c = 1 / (1 + t * t).squareRoot()
    let s = t * c
    for k in 0..<a.rows {
      (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q])
    }
    for k in 0..<a.rows {
      (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k])
      (v[k, p], v[k, q]) = (c * v[k, p] - s * v[k, q], s * v[k, p] + c * v[k, q])
    }
    // Rounding would leave a rest of it, and sweeps to turn that away.
    a[p, q] = 0
    a[q, p] = 0
  }

  /// Σ v vᵀ x / λ over the eigenvalues λ above the share `tolerance` of the largest.
  func pseudoSolve(_ x: [Double], tolerance: Double) -> [Double] {
    let limit = tolerance * (values.map(\.magnitude).max() ?? 0)
    var result = [Double](repeating: 0, count: x.count)
    for (value, vector) in zip(values, vectors) where value > limit {
      let weight = dot(vector, x) / value
      for index in result.indices { result[index] += weight * vector[index] }
    }
    return result
  }
}
