/// The sets at risk at each time of events, by group, stratum by stratum.
struct RiskSets {
  /// One time of events.
  struct Moment {
    /// By group.
    fileprivate(set) var atRisk: [Int]
    /// By group.
    fileprivate(set) var events: [Int]
    fileprivate(set) var totalAtRisk = 0
    fileprivate(set) var totalEvents = 0
    fileprivate(set) var pooled = PooledSurvival()

    fileprivate init(groups: Int) {
      atRisk = [Int](repeating: 0, count: groups)
      events = atRisk
    }
  }

  private let sample: EventTimes
  private let groups: Grouping
  /// Subjects by stratum, and by time within each.
  private let order: [UInt32]
  /// The ends of the strata in `order`.
  private let ends: [Int]

  init(
    _ sample: EventTimes, groups: Grouping, strata: Grouping?
  ) throws(TimeToEventError) {
    for grouping in [groups, strata] {
      guard let grouping, grouping.codes.count != sample.subjects else { continue }
      throw .unequalColumn(
        grouping == groups ? "of groups" : "of strata", values: grouping.codes.count,
        subjects: sample.subjects)
    }
    self.sample = sample
    self.groups = groups
    (order, ends) = Self.arranged(sample.grid.order, by: strata)
  }

  private static func arranged(
    _ order: [UInt32], by strata: Grouping?
  ) -> (order: [UInt32], ends: [Int]) {
    guard let strata else { return (order, [order.count]) }
    var counts = strata.labels.map { _ in 0 }
    for code in strata.codes { counts[code] += 1 }
    let ends = zip(runningStarts(counts), counts).map { $0 + $1 }
    return (stableOrder(strata.codes, of: strata.count, after: order), ends)
  }

  /// Calls `body` with every time of events, rising within each stratum.
  func forEachMoment(_ body: (borrowing Moment) -> Void) {
    var start = 0
    for end in ends {
      walk(start..<end, body)
      start = end
    }
  }

  /// One moment is changed from time to time: there may be as many as subjects.
  private func walk(_ stratum: Range<Int>, _ body: (borrowing Moment) -> Void) {
    var moment = Moment(groups: groups.count)
    for place in stratum { moment.atRisk[groups.codes[Int(order[place])]] += 1 }
    var start = stratum.lowerBound
    while start < stratum.upperBound {
      let end = endOfTime(from: start, in: stratum)
      countEvents(start..<end, in: &moment)
      if moment.totalEvents > 0 {
        moment.totalAtRisk = stratum.upperBound - start
        moment.pooled.advance(atRisk: moment.totalAtRisk, events: moment.totalEvents)
        body(moment)
      }
      for place in start..<end { moment.atRisk[groups.codes[Int(order[place])]] -= 1 }
      start = end
    }
  }

  private func endOfTime(from start: Int, in stratum: Range<Int>) -> Int {
    let rank = sample.grid.ranks[Int(order[start])]
    var end = start + 1
    while end < stratum.upperBound, sample.grid.ranks[Int(order[end])] == rank { end += 1 }
    return end
  }

  private func countEvents(_ places: Range<Int>, in moment: inout Moment) {
    if moment.totalEvents > 0 {
      for group in moment.events.indices { moment.events[group] = 0 }
      moment.totalEvents = 0
    }
    for place in places where sample.occurred[Int(order[place])] {
      moment.events[groups.codes[Int(order[place])]] += 1
      moment.totalEvents += 1
    }
  }
}
