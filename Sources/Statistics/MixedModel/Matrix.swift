/// A small dense matrix, stored row by row.
package struct Matrix: Sendable, Hashable {
  package let rows: Int
  package let columns: Int
  package private(set) var elements: [Double]

  package init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    elements = [Double](repeating: 0, count: rows * columns)
  }

  init(diagonal value: Double, size: Int) {
    self.init(rows: size, columns: size)
    for index in 0..<size { self[index, index] = value }
  }

  package subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  func row(_ row: Int) -> [Double] { Array(elements[row * columns..<(row + 1) * columns]) }

  var nested: [[Double]] { (0..<rows).map(row) }

  var transposed: Self {
    var result = Self(rows: columns, columns: rows)
    for i in 0..<rows {
      for j in 0..<columns { result[j, i] = self[i, j] }
    }
    return result
  }

  static func * (a: Self, b: Self) -> Self {
    var product = Self(rows: a.rows, columns: b.columns)
    for i in 0..<a.rows {
      for k in 0..<a.columns {
        let factor = a[i, k]
        for j in 0..<b.columns { product[i, j] += factor * b[k, j] }
      }
    }
    return product
  }

  static func * (a: Self, x: [Double]) -> [Double] {
    (0..<a.rows).map { i in (0..<a.columns).reduce(0) { $0 + a[i, $1] * x[$1] } }
  }

  static func * (factor: Double, a: Self) -> Self {
    var result = a
    for index in a.elements.indices { result.elements[index] *= factor }
    return result
  }

  /// xᵀ A y.
  func form(_ x: [Double], _ y: [Double]) -> Double { dot(x, self * y) }

  /// The solution of R x = `right` for an upper triangular matrix.
  func solvingUpper(_ right: [Double]) -> [Double] {
    var x = right
    for i in (0..<rows).reversed() {
      for j in (i + 1)..<max(i + 1, columns) { x[i] -= self[i, j] * x[j] }
      x[i] /= self[i, i]
    }
    return x
  }

  /// The solution of Rᵀ x = `right` for an upper triangular matrix.
  func solvingUpperTransposed(_ right: [Double]) -> [Double] {
    var x = right
    for i in 0..<rows {
      for j in 0..<i { x[i] -= self[j, i] * x[j] }
      x[i] /= self[i, i]
    }
    return x
  }
}

/// The sum of products.
func dot(_ x: [Double], _ y: [Double]) -> Double {
  var sum = 0.0
  for index in x.indices { sum += x[index] * y[index] }
  return sum
}
