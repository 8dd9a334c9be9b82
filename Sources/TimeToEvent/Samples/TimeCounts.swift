/// How many events and censorings a sample has at each of its distinct times.
struct TimeCounts: Sendable {
  let events: [Int]
  let censored: [Int]
  /// Followed to each time or longer.
  let atRisk: [Int]

  init(_ sample: EventTimes) {
    // Events in the high half, all subjects in the low one: one count a subject.
    var packed = [UInt64](repeating: 0, count: sample.grid.times.count)
    for (rank, occurred) in zip(sample.grid.ranks, sample.occurred) {
      packed[Int(rank)] += occurred ? 1 << 32 + 1 : 1
    }
    events = packed.map { Int($0 >> 32) }
    censored = packed.map { Int($0 & 0xffff_ffff) - Int($0 >> 32) }
    var remaining = 0
    var atRisk = [Int](repeating: 0, count: packed.count)
    for index in packed.indices.reversed() {
      remaining += Int(packed[index] & 0xffff_ffff)
      atRisk[index] = remaining
    }
    self.atRisk = atRisk
  }
}
