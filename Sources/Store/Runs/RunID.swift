/// The number of a run, counted from 1 and never used twice.
package struct RunID: Sendable, Hashable, Comparable {
  package let number: Int64

  package init(number: Int64) {
    self.number = number
  }

  package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension RunID: LosslessStringConvertible {
  package init?(_ text: String) {
    guard let number = Int64(text), number > 0, String(number) == text else { return nil }
    self.number = number
  }

  package var description: String { String(number) }
}
