import Rendering

/// The median of some numbers, the mean of the middle two of an even number, and their range.
struct Spread: Hashable {
  let median: Double
  let least: Double
  let greatest: Double

  /// Nil where there are no numbers.
  init?(_ numbers: [Double]) {
    let sorted = numbers.sorted()
    guard let least = sorted.first, let greatest = sorted.last else { return nil }
    self.least = least
    self.greatest = greatest
    let middle = sorted.count / 2
    median =
      sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// `61 (38-79)`; with "to" where a minus would be mistaken for the dash.
  var text: String {
    let dash = least < 0 ? " to " : "-"
    return "\(Self.shown(median)) (\(Self.shown(least))\(dash)\(Self.shown(greatest)))"
  }

  private static func shown(_ number: Double) -> String {
    number == number.rounded()
      ? NumberText.fixed(number, decimals: 0) : NumberText.fixed(number, decimals: 1)
  }
}
