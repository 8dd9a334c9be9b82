/// Which of several groups each subject belongs to: arms, or strata.
public struct Grouping: Sendable, Hashable {
  public let labels: [String]
  /// Places in `labels`, by subject.
  public let codes: [Int]

  /// Groups named by their values, in the order of their names (as R's `factor`, in the order of
  /// Unicode rather than of a language).
  public init(_ values: [String]) {
    let labels = Set(values).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    self.labels = labels
    codes = values.map { places[$0, default: 0] }
  }

  /// - Throws: ``TimeToEventError/unknownGroup(_:groups:)`` for a code without a label.
  public init(codes: [Int], labels: [String]) throws(TimeToEventError) {
    if let code = codes.first(where: { !labels.indices.contains($0) }) {
      throw .unknownGroup(code, groups: labels.count)
    }
    self.labels = labels
    self.codes = codes
  }

  public var count: Int { labels.count }
}

extension Grouping {
  /// The places of each group's subjects.
  public var places: [[Int]] {
    var places = labels.map { _ in [Int]() }
    for (place, code) in codes.enumerated() { places[code].append(place) }
    return places
  }

  /// The subjects at these places, in this order; a group of which none is left keeps no label.
  ///
  /// - Precondition: every place is one of a subject.
  public func subset(_ places: some Collection<Int>) -> Grouping {
    let kept = places.map { codes[$0] }
    let present = Set(kept)
    let remaining = labels.indices.filter { present.contains($0) }
    let renumbered = Dictionary(uniqueKeysWithValues: zip(remaining, remaining.indices))
    return Grouping(
      knownCodes: kept.map { renumbered[$0, default: 0] }, labels: remaining.map { labels[$0] })
  }

  /// The groups of several variables crossed: one of each combination that occurs.
  ///
  /// - Throws: ``TimeToEventError/unequalColumn(_:values:subjects:)`` where their lengths differ.
  public static func crossing(_ variables: [Grouping]) throws(TimeToEventError) -> Grouping {
    guard let first = variables.first else { throw .noSubjects }
    if let other = variables.first(where: { $0.codes.count != first.codes.count }) {
      throw .unequalColumn(
        "of a crossed variable", values: other.codes.count, subjects: first.codes.count)
    }
    var known: [[Int]: Int] = [:]
    var labels: [String] = []
    let codes = first.codes.indices.map { subject in
      let combination = variables.map { $0.codes[subject] }
      if let code = known[combination] { return code }
      known[combination] = labels.count
      labels.append(
        zip(variables, combination).map { $0.labels[$1] }.joined(separator: ", "))
      return labels.count - 1
    }
    return Grouping(knownCodes: codes, labels: labels)
  }

  private init(knownCodes: [Int], labels: [String]) {
    codes = knownCodes
    self.labels = labels
  }
}
