/// How long each subject was followed, and whether that ended with the event or was censored.
///
/// Columns by subject. All subjects whose times are to be compared belong in one value, also those
/// of several arms: which times are equal is decided over all of them.
public struct EventTimes: Sendable, Hashable {
  /// The most subjects one sample may have.
  public static let maximumSubjects = 100_000_000

  /// True where the event occurred, false where the subject was censored.
  public let occurred: [Bool]
  let grid: TimeGrid

  /// Any unit will do, so long as it is the same for all.
  ///
  /// Times that differ by less than about 1.5 × 10⁻⁸, or that fraction of the mean of the distinct
  /// times, are taken as equal, and become the first of them (R's `aeqSurv`).
  ///
  /// - Throws: ``TimeToEventError/noSubjects``, ``TimeToEventError/unusableTime(_:index:)`` for a
  ///   negative or not finite time, ``TimeToEventError/unequalColumn(_:values:subjects:)``,
  ///   ``TimeToEventError/tooManySubjects(_:limit:)``.
  public init(times: [Double], occurred: [Bool]) throws(TimeToEventError) {
    guard !times.isEmpty else { throw .noSubjects }
    guard times.count <= Self.maximumSubjects else {
      throw .tooManySubjects(times.count, limit: Self.maximumSubjects)
    }
    guard occurred.count == times.count else {
      throw .unequalColumn("occurred", values: occurred.count, subjects: times.count)
    }
    if let index = times.firstIndex(where: { !($0 >= 0 && $0 < .infinity) }) {
      throw .unusableTime(times[index], index: index)
    }
    self.init(grid: TimeGrid(times), occurred: occurred)
  }

  init(grid: TimeGrid, occurred: [Bool]) {
    self.grid = grid
    self.occurred = occurred
  }

  public var subjects: Int { occurred.count }

  public var events: Int { occurred.count { $0 } }

  /// By subject, those within the tolerance made equal.
  public var times: [Double] { grid.ranks.map { grid.times[Int($0)] } }

  /// The same subjects with event and censoring exchanged: their Kaplan-Meier curve is that of
  /// follow-up.
  ///
  /// At a time of both, an event counts as censored after those whose follow-up ended there.
  ///
  /// ## References
  ///
  /// - Schemper M, Smith TL (1996). A note on quantifying follow-up in studies of failure time.
  ///   *Control Clin Trials* 17:343–346.
  public var followUp: Self { Self(grid: grid, occurred: occurred.map { !$0 }) }

  /// The subjects at these places, in this order; their times stay equal where they were.
  ///
  /// - Throws: ``TimeToEventError/noSubjects`` where there are none.
  /// - Precondition: every place is one of a subject.
  public func subset(_ places: some Collection<Int>) throws(TimeToEventError) -> Self {
    guard !places.isEmpty else { throw .noSubjects }
    return Self(
      grid: grid.subset(places.map { grid.ranks[$0] }), occurred: places.map { occurred[$0] })
  }
}
