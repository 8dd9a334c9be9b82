/// The subjects of a Cox model, stratum by stratum, the last time of each first.
///
/// So arranged, the set at risk at a time is all of its stratum up to it. Covariates are centered
/// and divided by their standard deviations, which changes neither the model nor its likelihood.
struct CoxDesign: Sendable {
  /// The subjects of one stratum and time: those censored, then those with the event.
  struct Block: Sendable {
    /// The first of the stratum.
    let stratum: Int
    let start: Int
    let firstEvent: Int
    let end: Int
    /// Which distinct time of the sample.
    let rank: Int

    var events: Int { end - firstEvent }
  }

  let names: [String]
  /// The columns of each covariate.
  let terms: [Range<Int>]
  let scales: [Double]
  /// Subject by subject, in order.
  let values: [Double]
  let blocks: [Block]
  let subjects: Int
  let events: Int

  var columns: Int { names.count }

  init(
    _ sample: EventTimes, _ covariates: [Covariate], strata: Grouping?
  ) throws(TimeToEventError) {
    let columns = covariates.flatMap(\.columns)
    try Self.check(sample, columns, strata)
    names = columns.map(\.name)
    var first = 0
    terms = covariates.map { covariate in
      defer { first += covariate.columns.count }
      return first..<first + covariate.columns.count
    }
    let order = Self.order(sample, strata)
    (values, scales) = try Self.standardized(columns, order)
    blocks = Self.blocks(sample, strata, order)
    subjects = sample.subjects
    events = sample.events
  }

  private static func check(
    _ sample: EventTimes, _ columns: [Covariate.Column], _ strata: Grouping?
  ) throws(TimeToEventError) {
    guard sample.events > 0 else { throw .noEvents }
    guard !columns.isEmpty else { throw .noCovariates }
    guard columns.count <= CoxModel.maximumColumns else {
      throw .tooManyColumns(columns.count, limit: CoxModel.maximumColumns)
    }
    if let column = columns.first(where: { $0.values.count != sample.subjects }) {
      throw .unequalColumn(
        column.name, values: column.values.count, subjects: sample.subjects)
    }
    if let strata, strata.codes.count != sample.subjects {
      throw .unequalColumn("of strata", values: strata.codes.count, subjects: sample.subjects)
    }
  }
}

extension CoxDesign {
  /// Subjects by stratum, falling time, and censoring before events.
  private static func order(_ sample: EventTimes, _ strata: Grouping?) -> [UInt32] {
    let times = sample.grid.times.count
    // Events take the odd places of a time, so that they come after its censored.
    let keys = zip(sample.grid.ranks, sample.occurred).map { rank, occurred in
      2 * (times - 1 - Int(rank)) + (occurred ? 1 : 0)
    }
    let byTime = stableOrder(keys, of: 2 * times)
    guard let strata else { return byTime }
    return stableOrder(strata.codes, of: strata.count, after: byTime)
  }

  private static func standardized(
    _ columns: [Covariate.Column], _ order: [UInt32]
  ) throws(TimeToEventError) -> (values: [Double], scales: [Double]) {
    var values = [Double](repeating: 0, count: order.count * columns.count)
    var scales: [Double] = []
    for (index, column) in columns.enumerated() {
      let mean = column.values.reduce(0, +) / Double(order.count)
      let squares = column.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let scale = (squares / Double(order.count)).squareRoot()
      guard scale > 1e-12 * mean.magnitude, scale > 0, scale < .infinity else {
        throw .constantColumn(column.name)
      }
      scales.append(scale)
      var place = index
      for subject in order {
        values[place] = (column.values[Int(subject)] - mean) / scale
        place += columns.count
      }
    }
    return (values, scales)
  }

  private static func blocks(
    _ sample: EventTimes, _ strata: Grouping?, _ order: [UInt32]
  ) -> [Block] {
    let stratumOf = { (place: Int) in strata.map { $0.codes[Int(order[place])] } ?? 0 }
    let rankOf = { (place: Int) in sample.grid.ranks[Int(order[place])] }
    var blocks: [Block] = []
    var (start, stratum) = (0, 0)
    while start < order.count {
      if stratumOf(start) != stratumOf(stratum) { stratum = start }
      var end = start
      var firstEvent = start
      while end < order.count, rankOf(end) == rankOf(start), stratumOf(end) == stratumOf(start) {
        if !sample.occurred[Int(order[end])] { firstEvent = end + 1 }
        end += 1
      }
      blocks.append(
        Block(
          stratum: stratum, start: start, firstEvent: firstEvent, end: end,
          rank: Int(rankOf(start))))
      start = end
    }
    return blocks
  }
}
