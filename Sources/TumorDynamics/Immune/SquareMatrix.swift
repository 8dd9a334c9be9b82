/// A small square matrix.
struct SquareMatrix: Sendable, Hashable {
  let order: Int
  private var entries: [Double]

  /// All zeros.
  init(order: Int) {
    self.order = order
    entries = [Double](repeating: 0, count: order * order)
  }

  subscript(row: Int, column: Int) -> Double {
    get { entries[row * order + column] }
    set { entries[row * order + column] = newValue }
  }

  func times(_ vector: [Double]) -> [Double] {
    (0..<order).map { row in
      (0..<order).reduce(0) { $0 + self[row, $1] * vector[$1] }
    }
  }

  static func * (left: Self, right: Self) -> Self {
    var product = Self(order: left.order)
    for row in 0..<left.order {
      for column in 0..<left.order {
        product[row, column] = (0..<left.order).reduce(0) {
          $0 + left[row, $1] * right[$1, column]
        }
      }
    }
    return product
  }

  /// The largest sum of magnitudes in a row.
  private var norm: Double {
    (0..<order).map { row in (0..<order).reduce(0) { $0 + self[row, $1].magnitude } }.max() ?? 0
  }

  /// exp(`matrix` · `factor`): the Taylor series of a scaled-down matrix, squared back up.
  ///
  /// With norm at most ½ twenty terms leave less than 10⁻²⁵.
  ///
  /// ## References
  ///
  /// - Moler C, Van Loan C (2003). Nineteen dubious ways to compute the exponential of a matrix,
  ///   twenty-five years later. *SIAM Rev* 45:3–49, method 3.
  static func exponential(of matrix: Self, times factor: Double) -> Self {
    var scaled = matrix
    var squarings = 0
    var scale = factor
    while matrix.norm * scale.magnitude > 0.5 {
      scale /= 2
      squarings += 1
    }
    for index in scaled.entries.indices { scaled.entries[index] *= scale }
    var term = Self(order: matrix.order)
    for index in 0..<matrix.order { term[index, index] = 1 }
    var sum = term
    for count in 1...20 {
      term = term * scaled
      for index in term.entries.indices {
        term.entries[index] /= Double(count)
        sum.entries[index] += term.entries[index]
      }
    }
    for _ in 0..<squarings { sum = sum * sum }
    return sum
  }
}
