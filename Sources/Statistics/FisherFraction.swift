/// Fisher's *p* of a set of tables as the fraction it is: a sum of products of binomial
/// coefficients over one binomial coefficient.
struct FisherFraction: Comparable {
  private let numerator, denominator: WideInteger

  init(_ table: ContingencyTable, _ responders: Int, _ ends: Diagonals.Ends) {
    let (treated, control) = (table.treated.patients, table.control.patients)
    let low = Self.sum(treated, control, responders, ends.fromBelow)
    // Taken from the other end, the treated group's counts are the control group's.
    let high = Self.sum(control, treated, responders, ends.fromAbove)
    numerator = low + high
    denominator = WideInteger(choosing: responders, of: treated + control)
  }

  static func == (a: Self, b: Self) -> Bool { !(a < b) && !(b < a) }

  static func < (a: Self, b: Self) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }

  /// Σ C(first, k) C(second, responders − k) over the least so many possible k.
  private static func sum(
    _ first: Int, _ second: Int, _ responders: Int, _ count: Int
  ) -> WideInteger {
    var sum = WideInteger(0)
    guard count > 0 else { return sum }
    let least = max(0, responders - second)
    var term =
      WideInteger(choosing: least, of: first)
      * WideInteger(choosing: responders - least, of: second)
    sum += term
    for k in least..<least + count - 1 {
      term *= UInt64((first - k) * (responders - k))
      term.divide(exactlyBy: UInt64((k + 1) * (second - responders + k + 1)))
      sum += term
    }
    return sum
  }
}
