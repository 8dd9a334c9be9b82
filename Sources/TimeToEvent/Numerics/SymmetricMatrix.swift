/// A symmetric matrix, its lower triangle kept row by row.
struct SymmetricMatrix: Sendable, Hashable {
  let size: Int
  private(set) var cells: [Double]

  init(size: Int) {
    self.size = size
    cells = [Double](repeating: 0, count: size * (size + 1) / 2)
  }

  /// - Precondition: `cells` are those of a lower triangle, row by row.
  init(size: Int, cells: [Double]) {
    precondition(cells.count == size * (size + 1) / 2)
    self.size = size
    self.cells = cells
  }

  static func cell(_ row: Int, _ column: Int) -> Int {
    row >= column ? row * (row + 1) / 2 + column : column * (column + 1) / 2 + row
  }

  subscript(row: Int, column: Int) -> Double {
    get { cells[Self.cell(row, column)] }
    set { cells[Self.cell(row, column)] = newValue }
  }

  var rows: [[Double]] { (0..<size).map { row in (0..<size).map { self[row, $0] } } }

  /// `left`ᵀ A `right`.
  func product(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for row in 0..<size {
      for column in 0..<size { sum += left[row] * self[row, column] * right[column] }
    }
    return sum
  }

  /// The rows and columns at these places.
  func minor(_ places: [Int]) -> Self {
    var minor = Self(size: places.count)
    for (row, place) in places.enumerated() {
      for column in 0...row { minor[row, column] = self[place, places[column]] }
    }
    return minor
  }
}

/// A symmetric matrix A ≥ 0 as L Lᵀ, rows that depend on those before them left out.
struct Elimination: Sendable {
  /// The variance left of a row, as a part of its own, below which it counts as dependent.
  static let tolerance = 1e-10

  private let factor: SymmetricMatrix
  /// The rows that were kept.
  let pivots: [Int]

  init(_ matrix: SymmetricMatrix) {
    var factor = SymmetricMatrix(size: matrix.size)
    var pivots: [Int] = []
    for row in 0..<matrix.size {
      var remaining = matrix[row, row]
      for (index, column) in pivots.enumerated() {
        var entry = matrix[row, column]
        for earlier in pivots[..<index] { entry -= factor[row, earlier] * factor[column, earlier] }
        entry /= factor[column, column]
        factor[row, column] = entry
        remaining -= entry * entry
      }
      guard remaining > Self.tolerance * matrix[row, row] else { continue }
      factor[row, row] = remaining.squareRoot()
      pivots.append(row)
    }
    self.factor = factor
    self.pivots = pivots
  }

  var rank: Int { pivots.count }

  /// The first row that was left out.
  var firstDependent: Int? { (0..<factor.size).first { !pivots.contains($0) } }

  /// L⁻¹ `right`, over the rows kept.
  private func forward(_ right: [Double]) -> [Double] {
    var solved: [Double] = []
    for (index, row) in pivots.enumerated() {
      var value = right[row]
      for earlier in 0..<index { value -= factor[row, pivots[earlier]] * solved[earlier] }
      solved.append(value / factor[row, row])
    }
    return solved
  }

  /// `right`ᵀ A⁻ `right`.
  func quadraticForm(_ right: [Double]) -> Double {
    forward(right).reduce(0) { $0 + $1 * $1 }
  }

  /// A⁻¹ `right`; 0 in the rows left out.
  func solve(_ right: [Double]) -> [Double] {
    let solved = forward(right)
    var result = [Double](repeating: 0, count: factor.size)
    for index in pivots.indices.reversed() {
      var value = solved[index]
      for later in pivots[(index + 1)...] { value -= factor[later, pivots[index]] * result[later] }
      result[pivots[index]] = value / factor[pivots[index], pivots[index]]
    }
    return result
  }

  var inverse: SymmetricMatrix {
    var inverse = SymmetricMatrix(size: factor.size)
    for column in 0..<factor.size {
      var unit = [Double](repeating: 0, count: factor.size)
      unit[column] = 1
      for (row, value) in solve(unit).enumerated() where row >= column {
        inverse[row, column] = value
      }
    }
    return inverse
  }
}
