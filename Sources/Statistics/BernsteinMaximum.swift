internal import Glibc

extension BernsteinPolynomial {
  struct Maximum {
    var argument, value: Double
  }

  /// The largest value over a range of rates, to about one part in 10¹³.
  ///
  /// Branch and bound in θ: a cell is dropped when a bound on its values shows that it cannot
  /// hold the maximum, solved by Newton's method when it is provably concave, and halved
  /// otherwise. The bounds rest on the third derivative, so no peak can hide between points of
  /// a grid.
  func largest(in rates: ClosedRange<Double> = 0...1) -> Maximum {
    var search = BernsteinSearch(self)
    search.run(in: rates)
    return search.best
  }
}

private struct BernsteinSearch {
  let polynomial: BernsteinPolynomial
  private(set) var best = BernsteinPolynomial.Maximum(argument: 0, value: -1)

  /// The third derivative by θ, per unit of spread of the coefficients, is at most this.
  ///
  /// It is half the sum of the magnitudes of the basis's third derivatives. That sum over
  /// (4N)^(3/2) was computed, not proved, to level off at 1.5753 for N up to 2,000
  /// (Reference/generate/third_derivative.py); 1.6 is used.
  private let thirdDerivative: Double

  /// What a bound must exceed the best value by, relatively, for its cell to be kept.
  private let slack = 1e-13

  init(_ polynomial: BernsteinPolynomial) {
    self.polynomial = polynomial
    thirdDerivative = 1.6 / 2 * pow(4 * Double(polynomial.degree), 1.5)
  }

  mutating func run(in rates: ClosedRange<Double>) {
    for rate in [rates.lowerBound, rates.upperBound] {
      propose(rate, polynomial.evaluate(at: rate).value)
    }
    var cells = firstCells(in: rates)
    cells.sort { $0.jet.value < $1.jet.value }
    while let cell = cells.popLast() {
      let change =
        thirdDerivative * (cell.jet.coefficients.upperBound - cell.jet.coefficients.lowerBound)
      guard cell.bound(thirdDerivative: change) > best.value * (1 + slack) else { continue }
      if cell.isConcave(thirdDerivative: change) {
        solve(cell)
      } else if cell.radius > 1e-9 {
        cells += halves(of: cell)
      }
    }
  }

  private mutating func propose(_ rate: Double, _ value: Double) {
    if value > best.value { best = .init(argument: rate, value: value) }
  }

  /// Cells one standard deviation wide.
  private mutating func firstCells(in rates: ClosedRange<Double>) -> [Cell] {
    let low = asin(rates.lowerBound.squareRoot())
    let high = asin(rates.upperBound.squareRoot())
    guard low < high else { return [] }
    let count = ((high - low) * 2 * Double(polynomial.degree).squareRoot()).rounded(.up)
    let radius = (high - low) / count / 2
    return (0..<Int(count)).map { measuredCell(around: low + radius * Double(2 * $0 + 1), radius) }
  }

  private mutating func halves(of parent: Cell) -> [Cell] {
    let radius = parent.radius / 2
    return [
      measuredCell(around: parent.center - radius, radius),
      measuredCell(around: parent.center + radius, radius),
    ]
  }

  private mutating func measuredCell(around center: Double, _ radius: Double) -> Cell {
    let jet = polynomial.evaluate(atAngle: center)
    propose(angle: center, jet.value)
    return Cell(center: center, radius: radius, jet: jet)
  }

  private mutating func propose(angle: Double, _ value: Double) {
    propose(sin(angle) * sin(angle), value)
  }

  /// Newton's method for the top of a concave cell, kept inside it.
  private mutating func solve(_ cell: Cell) {
    var (angle, jet) = (cell.center, cell.jet)
    for _ in 0..<30 {
      let step = -jet.slope / jet.curvature
      let next = min(cell.center + cell.radius, max(cell.center - cell.radius, angle + step))
      if (next - angle).magnitude <= 4 * angle.ulp { return }
      angle = next
      jet = polynomial.evaluate(atAngle: angle)
      propose(angle: angle, jet.value)
      guard jet.curvature < 0 else { return }
    }
  }
}

/// A piece of the range of θ with what is known at its center.
private struct Cell {
  let center, radius: Double
  let jet: BernsteinPolynomial.Jet

  /// A value the polynomial does not exceed here: its quadratic's largest and the remainder, or
  /// the largest coefficient, which ends the search on a plateau.
  func bound(thirdDerivative: Double) -> Double {
    let (slope, curvature) = (jet.slope.magnitude, jet.curvature)
    let reach = curvature < 0 ? min(radius, slope / -curvature) : radius
    let remainder = thirdDerivative * radius * radius * radius / 6
    let expansion = jet.value + slope * reach + curvature / 2 * reach * reach + remainder
    return min(jet.coefficients.upperBound, expansion)
  }

  func isConcave(thirdDerivative: Double) -> Bool {
    jet.curvature + thirdDerivative * radius < 0
  }
}
