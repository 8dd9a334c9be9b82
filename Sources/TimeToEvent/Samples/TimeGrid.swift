/// The distinct times of a sample, rising, and which of them is each subject's.
///
/// Times closer than a tolerance are one time, as in R's `aeqSurv`, so that months made from days
/// by a division tie as the days did.
///
/// Two times are one when they differ by at most √ε, or by at most √ε times the mean of the
/// distinct times; ε is 2⁻⁵². A chain of close times is one time, its first.
struct TimeGrid: Sendable, Hashable {
  let times: [Double]
  /// Places in `times`, by subject.
  let ranks: [UInt32]

  static let tolerance = 0x1p-26

  init(_ values: [Double]) {
    self = TimeGrid(days: values) ?? TimeGrid(sorting: values)
  }

  init(times: [Double], ranks: [UInt32]) {
    self.times = times
    self.ranks = ranks
  }

  /// Whole numbers need no sorting: nil where one is not, or is large.
  ///
  /// They are at least 1 apart, and their mean is far below 1 / √ε, so none are merged.
  private init?(days values: [Double]) {
    let limit = min(1 << 20, 64 + 8 * values.count)
    var seen = [UInt32](repeating: 0, count: limit)
    for value in values {
      guard value < Double(limit) else { return nil }
      let day = Int(value)
      guard Double(day) == value else { return nil }
      seen[day] = 1
    }
    var times: [Double] = []
    for day in 0..<limit where seen[day] == 1 {
      seen[day] = UInt32(times.count)
      times.append(Double(day))
    }
    self.init(times: times, ranks: values.map { seen[Int($0)] })
  }

  private init(sorting values: [Double]) {
    let order = risingOrder(values)
    var distinct: [Double] = []
    var ranks = [UInt32](repeating: 0, count: values.count)
    for place in order {
      let value = values[Int(place)] + 0
      if distinct.last != value { distinct.append(value) }
      ranks[Int(place)] = UInt32(distinct.count - 1)
    }
    let firsts = Self.firstsOfRuns(distinct)
    guard firsts.count < distinct.count else {
      self.init(times: distinct, ranks: ranks)
      return
    }
    var merged = [UInt32](repeating: 0, count: distinct.count)
    for (rank, first) in firsts.enumerated() {
      let end = rank + 1 < firsts.count ? firsts[rank + 1] : distinct.count
      for index in first..<end { merged[index] = UInt32(rank) }
    }
    self.init(times: firsts.map { distinct[$0] }, ranks: ranks.map { merged[Int($0)] })
  }

  /// The places of times not within the tolerance of the one before.
  private static func firstsOfRuns(_ distinct: [Double]) -> [Int] {
    let mean = distinct.reduce(0, +) / Double(distinct.count)
    let closest = max(tolerance, tolerance * mean)
    return distinct.indices.filter { $0 == 0 || distinct[$0] - distinct[$0 - 1] > closest }
  }
}
