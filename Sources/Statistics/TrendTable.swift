/// Response counts of ordered groups, such as dose levels, with a score for each.
public struct TrendTable: Sendable, Hashable {
  /// In the order of the groups.
  public let groups: [ResponseCount]
  public let scores: [Double]

  public var responders: Int { groups.reduce(0) { $0 + $1.responders } }
  public var patients: Int { groups.reduce(0) { $0 + $1.patients } }

  /// Takes one score a group, such as its dose; 1, 2, 3 … where there are none.
  ///
  /// - Throws: ``StatisticsError/tooFewGroups(_:)`` below two groups,
  ///   ``StatisticsError/unequalLengths(groups:scores:)``,
  ///   ``StatisticsError/unusableScores(_:)`` unless they are finite and not all equal, and
  ///   ``StatisticsError/tooManyPatients(_:limit:)``.
  public init(_ groups: [ResponseCount], scores: [Double]? = nil) throws(StatisticsError) {
    guard groups.count > 1 else { throw .tooFewGroups(groups.count) }
    let scores = scores ?? (1...groups.count).map(Double.init)
    guard scores.count == groups.count else {
      throw .unequalLengths(groups: groups.count, scores: scores.count)
    }
    guard scores.allSatisfy(\.isFinite), scores.contains(where: { $0 != scores[0] }) else {
      throw .unusableScores(scores)
    }
    self.groups = groups
    self.scores = scores
    guard patients <= ResponseCount.maximumPatients else {
      throw .tooManyPatients(patients, limit: ResponseCount.maximumPatients)
    }
  }
}
