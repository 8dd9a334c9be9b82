internal import CRmath
internal import Glibc

/// The sum over every set of *d* of those at risk of the product of their relative hazards, as a
/// logarithm with its derivatives.
///
/// Adding one subject of hazard r to the *m* − 1 before, the sum B(k, m) over sets of *k* is
/// B(k, m − 1) + r B(k − 1, m − 1). Kept as averages B / C(m, k), of hazards divided by their mean,
/// the sums neither overflow nor, unless hazards are wild, underflow.
struct ExactTies {
  /// The most steps, events times subjects at risk times cells, one time may take.
  static let maximumSteps = 2_000_000_000

  let logTotal: Double
  /// Of the sum of covariates over a set, sets weighted by their hazards.
  let mean: [Double]
  /// Of the products of such sums; the lower triangle, row by row.
  let second: [Double]

  init(
    _ design: CoxDesign, _ block: CoxDesign.Block, _ risks: [Double]
  ) throws(TimeToEventError) {
    let (events, columns) = (block.events, design.columns)
    let atRisk = block.end - block.stratum
    let width = 1 + columns + columns * (columns + 1) / 2
    guard events <= Self.maximumSteps / width / atRisk else {
      throw .tooManyTies(events: events, atRisk: atRisk)
    }
    let scale = risks[block.stratum..<block.end].reduce(0, +) / Double(atRisk)
    var sets = [Double](repeating: 0, count: (events + 1) * width)
    sets[0] = 1
    for place in block.stratum..<block.end {
      let values = design.values[place * columns..<(place + 1) * columns]
      Self.admit(
        Array(values), risk: risks[place] / scale, number: place - block.stratum + 1,
        into: &sets, width)
    }
    let last = sets[(events * width)...]
    guard let total = last.first, total > 0, total < .infinity else {
      throw .tooManyTies(events: events, atRisk: atRisk)
    }
    logTotal = log(total) + lchoose(Double(atRisk), Double(events)) + Double(events) * log(scale)
    mean = last.dropFirst().prefix(columns).map { $0 / total }
    second = last.dropFirst(1 + columns).map { $0 / total }
  }

  /// One subject more: every set of *k* of *m* either leaves it out or has it beside *k* − 1 others.
  private static func admit(
    _ values: [Double], risk: Double, number: Int, into sets: inout [Double], _ width: Int
  ) {
    let columns = values.count
    for size in stride(from: min(number, sets.count / width - 1), to: 0, by: -1) {
      let (own, other) = (size * width, (size - 1) * width)
      let kept = Double(number - size) / Double(number)
      let joined = Double(size) / Double(number) * risk
      var cell = 1 + columns
      for row in 0..<columns {
        for column in 0...row {
          sets[own + cell] =
            kept * sets[own + cell] + joined
            * (sets[other + cell] + values[row] * sets[other + 1 + column]
              + values[column] * sets[other + 1 + row] + values[row] * values[column] * sets[other])
          cell += 1
        }
      }
      for row in 0..<columns {
        sets[own + 1 + row] =
          kept * sets[own + 1 + row] + joined * (sets[other + 1 + row] + values[row] * sets[other])
      }
      sets[own] = kept * sets[own] + joined * sets[other]
    }
  }
}
