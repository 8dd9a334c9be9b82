/// One administration of a drug.
package struct Dose: Sendable, Hashable, Codable {
  /// Days from the first dose of the treatment, which is on day 0.
  package var day: Double
  /// The amount over the reference amount: 1 is the full dose.
  package var relative: Double

  package init(day: Double, relative: Double = 1) {
    self.day = day
    self.relative = relative
  }
}

extension [Dose] {
  /// The same day of each cycle, for a number of cycles; day 1 of cycle 1 is day 0.
  ///
  /// - Precondition: `daysOfCycle` count from 1, as protocols count them.
  package static func cycles(
    _ cycles: Int, ofDays length: Int, on daysOfCycle: [Int], relative: Double = 1
  ) -> Self {
    precondition(daysOfCycle.allSatisfy { $0 >= 1 }, "days of a cycle count from 1")
    return (0..<cycles).flatMap { cycle in
      daysOfCycle.map { Dose(day: Double(cycle * length + $0 - 1), relative: relative) }
    }
  }
}
