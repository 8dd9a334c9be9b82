/// The likeliest pair of rates among those with a given difference, ratio or odds ratio.
///
/// Each rate comes with its complement, worked out on its own: taken from 1, a rate near 1 would
/// leave few digits of it.
struct RestrictedRates {
  let treated, control: (rate: Double, complement: Double)

  init(_ table: ContingencyTable, _ contrast: RateContrast, at value: Double) {
    (treated, control) =
      switch contrast {
      case .difference: Self.difference(table, value)
      case .ratio: Self.ratio(table, value)
      case .oddsRatio: Self.oddsRatio(table, value)
      }
  }

  private typealias Pair = ((rate: Double, complement: Double), (rate: Double, complement: Double))

  private static func difference(_ table: ContingencyTable, _ value: Double) -> Pair {
    let control = table.restrictedControlRate(at: value)
    let treated = min(1, max(0, control + value))
    return ((treated, 1 - treated), (control, 1 - control))
  }

  /// The smaller root of φ N p² − (φ (n₁ + x₂) + x₁ + n₂) p + s = 0.
  ///
  /// The discriminant is written as a sum of terms that are not negative, and the roots so that
  /// nothing cancels.
  private static func ratio(_ table: ContingencyTable, _ ratio: Double) -> Pair {
    let (y1, y2) = (Double(table.treated.nonResponders), Double(table.control.nonResponders))
    let a = ratio * Double(table.treated.patients + table.control.responders)
    let b = Double(table.treated.responders + table.control.patients)
    let root = ((a - b) * (a - b) + 4 * ratio * y1 * y2).squareRoot()
    let denominator = a + b + root
    let control = 2 * Double(table.responders) / denominator
    // √(g² + c) + g, without cancellation when g is negative.
    let product = 4 * ratio * y1 * y2
    func sum(_ gap: Double) -> Double { gap >= 0 ? root + gap : product / (root - gap) }
    return (
      (ratio * control, (sum(b - a) + 2 * ratio * y1) / denominator),
      (control, (sum(a - b) + 2 * y2) / denominator)
    )
  }

  /// The rates whose expected number of responders is the observed one.
  private static func oddsRatio(_ table: ContingencyTable, _ odds: Double) -> Pair {
    let n1 = Double(table.treated.patients)
    let n2 = Double(table.control.patients)
    let s = Double(table.responders)
    let control = controlRate(n1, n2, s, odds)
    let other = controlRate(n1, n2, n1 + n2 - s, 1 / odds)
    let (up, down) = (odds * control, other)
    return ((up / (up + down), down / (up + down)), (control, other))
  }

  /// The root between 0 and 1 of n₂ (ψ − 1) p² + (ψ (n₁ − s) + n₂ + s) p − s = 0.
  private static func controlRate(
    _ n1: Double, _ n2: Double, _ s: Double, _ odds: Double
  ) -> Double {
    let linear = odds * (n1 - s) + n2 + s
    let middle = (n1 - s) * (n2 + s) + 2 * n2 * s
    let square =
      odds * odds * (n1 - s) * (n1 - s) + 2 * odds * middle + (n2 - s) * (n2 - s)
    let root = square.squareRoot()
    return linear >= 0
      ? 2 * s / (linear + root) : min(1, (root - linear) / (2 * n2 * (odds - 1)))
  }
}
