/// The sets at risk at each time of events, by group, stratum by stratum.
struct RiskSets {
  /// One time of events.
  struct Moment {
    /// By group.
    let atRisk: [Int]
    /// By group.
    let events: [Int]
    let totalAtRisk: Int
    let totalEvents: Int
    let pooled: PooledSurvival
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
    var next = runningStarts(counts)
    var arranged = order
    for subject in order {
      let code = strata.codes[Int(subject)]
      arranged[next[code]] = subject
      next[code] += 1
    }
    return (arranged, next)
  }

  /// Calls `body` with every time of events, rising within each stratum.
  func forEachMoment(_ body: (borrowing Moment) -> Void) {
    var start = 0
    for end in ends {
      walk(start..<end, body)
      start = end
    }
  }

  private func walk(_ stratum: Range<Int>, _ body: (borrowing Moment) -> Void) {
    var atRisk = [Int](repeating: 0, count: groups.count)
    for place in stratum { atRisk[groups.codes[Int(order[place])]] += 1 }
    var pooled = PooledSurvival()
    var start = stratum.lowerBound
    while start < stratum.upperBound {
      let end = endOfTime(from: start, in: stratum)
      let events = eventsByGroup(start..<end)
      let totalEvents = events.total
      if totalEvents > 0 {
        pooled.advance(atRisk: stratum.upperBound - start, events: totalEvents)
        body(
          Moment(
            atRisk: atRisk, events: events.counts, totalAtRisk: stratum.upperBound - start,
            totalEvents: totalEvents, pooled: pooled))
      }
      for place in start..<end { atRisk[groups.codes[Int(order[place])]] -= 1 }
      start = end
    }
  }

  private func endOfTime(from start: Int, in stratum: Range<Int>) -> Int {
    let rank = sample.grid.ranks[Int(order[start])]
    var end = start + 1
    while end < stratum.upperBound, sample.grid.ranks[Int(order[end])] == rank { end += 1 }
    return end
  }

  private func eventsByGroup(_ places: Range<Int>) -> (counts: [Int], total: Int) {
    var counts = [Int](repeating: 0, count: groups.count)
    var total = 0
    for place in places {
      let subject = Int(order[place])
      guard sample.occurred[subject] else { continue }
      counts[groups.codes[subject]] += 1
      total += 1
    }
    return (counts, total)
  }
}
