/// The same two groups compared in several strata of patients.
public struct StratifiedTable: Sendable, Hashable {
  /// At least one; each has patients of both groups.
  public let strata: [ContingencyTable]

  /// Patients in all strata.
  public var patients: Int { strata.reduce(0) { $0 + $1.patients } }

  /// - Throws: ``StatisticsError/noStrata`` without strata.
  public init(_ strata: [ContingencyTable]) throws(StatisticsError) {
    guard !strata.isEmpty else { throw .noStrata }
    self.strata = strata
  }

  /// Both groups with the strata thrown together.
  ///
  /// - Throws: ``StatisticsError/tooManyPatients(_:limit:)``.
  public func collapsed() throws(StatisticsError) -> ContingencyTable {
    func sum(_ group: KeyPath<ContingencyTable, ResponseCount>) throws(StatisticsError)
      -> ResponseCount
    {
      try ResponseCount(
        responders: strata.reduce(0) { $0 + $1[keyPath: group].responders },
        patients: strata.reduce(0) { $0 + $1[keyPath: group].patients })
    }
    return ContingencyTable(treated: try sum(\.treated), control: try sum(\.control))
  }
}
