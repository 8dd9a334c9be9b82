/// Between which two times each subject had the event.
///
/// Scans find a progression after it happened: it lies after the last scan without it and up to the first
/// with it. Without a last scan it may lie anywhere after the lower time.
public struct IntervalTimes: Sendable, Hashable {
  /// The last time known to be free of the event.
  public let lower: [Double]
  /// The first time known to be after it; infinite for a subject censored.
  public let upper: [Double]

  /// Each event lies in (lower, upper]; where both are equal, exactly there.
  ///
  /// - Throws: ``TimeToEventError/noSubjects``,
  ///   ``TimeToEventError/unequalColumn(_:values:subjects:)``, and
  ///   ``TimeToEventError/unusableInterval(_:_:index:)`` unless 0 ≤ lower ≤ upper and lower is finite.
  public init(lower: [Double], upper: [Double?]) throws(TimeToEventError) {
    guard !lower.isEmpty else { throw .noSubjects }
    guard upper.count == lower.count else {
      throw .unequalColumn("upper", values: upper.count, subjects: lower.count)
    }
    let ends = upper.map { $0 ?? .infinity }
    if let index = lower.indices.first(where: {
      !(lower[$0] >= 0 && lower[$0] < .infinity && lower[$0] <= ends[$0])
    }) {
      throw .unusableInterval(lower[index], ends[index], index: index)
    }
    (self.lower, self.upper) = (lower, ends)
  }

  public var subjects: Int { lower.count }
}
