/// How the sum of the responders' scores is distributed once the group sizes and the number of
/// responders are fixed.
struct ScoreDistribution {
  /// The most partial tables kept at a time.
  static let maximumTables = 1_000_000

  private let groups: [ResponseCount]
  private let scores: [Int]
  private let observed: Int
  /// In ascending order of the sum; the chances add up to 1.
  private let sums: [Entry]

  private struct Entry {
    /// Responders so far, and the sum of their scores.
    var responders, sum: Int
    var chance: Double
  }

  /// - Throws: ``StatisticsError/tooManyTables(limit:)``.
  init(_ groups: [ResponseCount], scores: [Int]) throws(StatisticsError) {
    let least = scores.min() ?? 0
    let shifted = scores.map { $0 - least }
    let patients = groups.reduce(0) { $0 + $1.patients }
    let responders = groups.reduce(0) { $0 + $1.responders }
    let (room, overflows) = (shifted.max() ?? 0).multipliedReportingOverflow(by: patients)
    guard !overflows, !room.multipliedReportingOverflow(by: 2 * patients).overflow,
      patients <= TwoSampleTest.maximumPatients
    else { throw .tooManyTables(limit: Self.maximumTables) }
    self.groups = groups
    self.scores = shifted
    observed = zip(groups, shifted).reduce(0) { $0 + $1.0.responders * $1.1 }
    sums = try Self.sums(groups, shifted, responders: responders, of: patients)
  }

  private static func sums(
    _ groups: [ResponseCount], _ scores: [Int], responders: Int, of patients: Int
  ) throws(StatisticsError) -> [Entry] {
    let rate = Double(responders) / Double(patients)
    var entries = [Entry(responders: 0, sum: 0, chance: 1)]
    var left = patients
    for (group, score) in zip(groups, scores) {
      left -= group.patients
      let binomial = Binomial(patients: group.patients, rate: rate)
      let chances = (0...group.patients).map(binomial.probability)
      var next: [Entry] = []
      for entry in entries {
        let least = max(0, responders - left - entry.responders)
        let most = min(group.patients, responders - entry.responders)
        guard least <= most else { continue }
        guard next.count + most - least < maximumTables else {
          throw .tooManyTables(limit: maximumTables)
        }
        for x in least...most {
          next.append(
            Entry(
              responders: entry.responders + x, sum: entry.sum + x * score,
              chance: entry.chance * chances[x]))
        }
      }
      entries = merged(next)
    }
    let total = entries.reduce(0) { $0 + $1.chance }
    return entries.map { Entry(responders: $0.responders, sum: $0.sum, chance: $0.chance / total) }
  }

  /// Entries of one number of responders and one sum become one.
  private static func merged(_ entries: [Entry]) -> [Entry] {
    let sorted = entries.sorted { ($0.responders, $0.sum) < ($1.responders, $1.sum) }
    var result: [Entry] = []
    for entry in sorted {
      if let last = result.last, last.responders == entry.responders, last.sum == entry.sum {
        result[result.count - 1].chance += entry.chance
      } else {
        result.append(entry)
      }
    }
    return result
  }

  /// The chance of a sum as extreme as the observed one; two-sided by N T against s Σ n d.
  func pValue(_ alternative: Alternative) -> Double {
    let patients = groups.reduce(0) { $0 + $1.patients }
    let responders = groups.reduce(0) { $0 + $1.responders }
    let expected = responders * zip(groups, scores).reduce(0) { $0 + $1.0.patients * $1.1 }
    let distance = (patients * observed - expected).magnitude
    let isExtreme = { (entry: Entry) in
      switch alternative {
      case .less: entry.sum <= observed
      case .greater: entry.sum >= observed
      case .twoSided: (patients * entry.sum - expected).magnitude >= distance
      }
    }
    return min(1, sums.reduce(0) { $0 + (isExtreme($1) ? $1.chance : 0) })
  }
}
