/// Σ r, Σ r x and Σ r x xᵀ over some subjects, r the relative hazard of each.
struct RiskMoments: Sendable {
  private(set) var total = 0.0
  private(set) var first: [Double]
  /// The lower triangle, row by row.
  private(set) var second: [Double]

  init(columns: Int) {
    first = [Double](repeating: 0, count: columns)
    second = [Double](repeating: 0, count: columns * (columns + 1) / 2)
  }

  mutating func reset() {
    total = 0
    for index in first.indices { first[index] = 0 }
    for index in second.indices { second[index] = 0 }
  }

  mutating func add(_ places: Range<Int>, of design: CoxDesign, _ risks: [Double]) {
    let columns = first.count
    for place in places {
      let risk = risks[place]
      total += risk
      let start = place * columns
      var cell = 0
      for row in 0..<columns {
        let weighted = risk * design.values[start + row]
        first[row] += weighted
        for column in 0...row {
          second[cell] += weighted * design.values[start + column]
          cell += 1
        }
      }
    }
  }

  mutating func add(_ other: borrowing RiskMoments) {
    total += other.total
    for index in first.indices { first[index] += other.first[index] }
    for index in second.indices { second[index] += other.second[index] }
  }
}
