/// A variable hazards may depend on: a number, or groups compared with a reference.
public struct Covariate: Sendable, Hashable {
  public struct Column: Sendable, Hashable {
    public let name: String
    public let values: [Double]
  }

  public let name: String
  /// One for a number; one a group other than the reference for groups.
  public let columns: [Column]

  /// - Throws: ``TimeToEventError/unusableCovariate(_:value:index:)`` for a value that is not finite.
  public init(_ name: String, _ values: [Double]) throws(TimeToEventError) {
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .unusableCovariate(name, value: values[index], index: index)
    }
    self.name = name
    columns = [Column(name: name, values: values)]
  }

  /// Columns of 0 and 1, named by group; the hazard of the reference is the one compared with.
  ///
  /// - Throws: ``TimeToEventError/unknownGroup(_:groups:)`` where `reference` is none of the groups,
  ///   ``TimeToEventError/tooFewGroups(_:)`` below two.
  public init(
    _ name: String, _ groups: Grouping, reference: Int = 0
  ) throws(TimeToEventError) {
    guard groups.labels.indices.contains(reference) else {
      throw .unknownGroup(reference, groups: groups.count)
    }
    guard groups.count > 1 else { throw .tooFewGroups(groups.count) }
    self.name = name
    columns = groups.labels.indices.filter { $0 != reference }.map { group in
      Column(name: groups.labels[group], values: groups.codes.map { $0 == group ? 1 : 0 })
    }
  }
}
