/// Columns C of a design as Q R, the columns of Q being orthogonal with mean square 1.
///
/// An analysis of Q finds the same model with better conditioned numbers: an intercept and a time
/// in days are far from orthogonal, and far from each other in size.
struct OrthogonalColumns: Sendable {
  let columns: [[Double]]
  /// R, upper triangular.
  let triangle: Matrix

  /// Takes the share of earlier columns away twice, which is enough.
  ///
  /// ## References
  ///
  /// - Giraud L, Langou J, Rozložník M, van den Eshof J (2005). Rounding error analysis of the
  ///   classical Gram-Schmidt orthogonalization process. *Numer Math* 101:87–100.
  ///
  /// - Throws: ``StatisticsError/dependentColumn(_:)`` for a column that the ones before it
  ///   determine.
  init(_ design: [DesignColumn]) throws(StatisticsError) {
    var columns: [[Double]] = []
    var triangle = Matrix(rows: design.count, columns: design.count)
    for (index, column) in design.enumerated() {
      let root = Double(column.values.count).squareRoot()
      var rest = column.values
      let size = dot(rest, rest).squareRoot()
      for _ in 0..<2 {
        for (other, earlier) in columns.enumerated() {
          let share = dot(earlier, rest) / (root * root)
          triangle[other, index] += share
          for row in rest.indices { rest[row] -= share * earlier[row] }
        }
      }
      let length = dot(rest, rest).squareRoot()
      guard length > 1e-10 * size else { throw .dependentColumn(column.name) }
      triangle[index, index] = length / root
      columns.append(rest.map { $0 * root / length })
    }
    self.columns = columns
    self.triangle = triangle
  }
}
