extension TimeGrid {
  /// The grid of some subjects, given by their ranks in this one.
  func subset(_ ranks: [UInt32]) -> Self {
    // Few subjects of many times must not pay for all the times: there are as many subsets of
    // a sample as it has arms.
    guard ranks.count >= times.count / 4 else { return sparseSubset(ranks) }
    var places = [UInt32](repeating: 0, count: times.count)
    for rank in ranks { places[Int(rank)] = 1 }
    var kept: [Double] = []
    for rank in places.indices where places[rank] == 1 {
      places[rank] = UInt32(kept.count)
      kept.append(times[rank])
    }
    return Self(times: kept, ranks: ranks.map { places[Int($0)] })
  }

  private func sparseSubset(_ ranks: [UInt32]) -> Self {
    let order = ranks.indices.sorted { ranks[$0] < ranks[$1] }
    var kept: [Double] = []
    var places = [UInt32](repeating: 0, count: ranks.count)
    var last: UInt32?
    for subject in order {
      if ranks[subject] != last { kept.append(times[Int(ranks[subject])]) }
      last = ranks[subject]
      places[subject] = UInt32(kept.count - 1)
    }
    return Self(times: kept, ranks: places)
  }

  /// The subjects in the order of their times; those of equal times keep theirs.
  var order: [UInt32] {
    var counts = [Int](repeating: 0, count: times.count)
    for rank in ranks { counts[Int(rank)] += 1 }
    var next = runningStarts(counts)
    var order = [UInt32](repeating: 0, count: ranks.count)
    for (subject, rank) in ranks.enumerated() {
      order[next[Int(rank)]] = UInt32(subject)
      next[Int(rank)] += 1
    }
    return order
  }
}
