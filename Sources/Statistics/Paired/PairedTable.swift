/// Patients by whether they responded on a first and on a second occasion, or to a first and to
/// a second treatment.
public struct PairedTable: Sendable, Hashable {
  public let both: Int
  public let firstOnly: Int
  public let secondOnly: Int
  public let neither: Int

  /// - Throws: ``StatisticsError/impossiblePairs(_:)`` for negative counts or no patient,
  ///   ``StatisticsError/tooManyPatients(_:limit:)`` above ``ResponseCount/maximumPatients``.
  public init(
    both: Int, firstOnly: Int, secondOnly: Int, neither: Int
  ) throws(StatisticsError) {
    let counts = [both, firstOnly, secondOnly, neither]
    guard counts.allSatisfy({ $0 >= 0 }), counts.contains(where: { $0 > 0 }) else {
      throw .impossiblePairs(counts)
    }
    for count in counts where count > ResponseCount.maximumPatients {
      throw .tooManyPatients(count, limit: ResponseCount.maximumPatients)
    }
    let patients = counts.reduce(0, +)
    guard patients <= ResponseCount.maximumPatients else {
      throw .tooManyPatients(patients, limit: ResponseCount.maximumPatients)
    }
    self.both = both
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
    self.neither = neither
  }

  public var patients: Int { both + firstOnly + secondOnly + neither }
  /// The patients who responded on one occasion only.
  public var discordant: Int { firstOnly + secondOnly }
  public var firstResponders: Int { both + firstOnly }
  public var secondResponders: Int { both + secondOnly }

  /// The first rate less the second one.
  public var rateDifference: Double { Double(firstOnly - secondOnly) / Double(patients) }
}
