/// The survival under which interval-censored times are likeliest.
///
/// It can fall only in intervals that begin where some subject's begins and end where some subject's ends,
/// with neither between; within them it is not known where. Chances are found by self-consistency (each
/// subject shared out over the intervals its own holds, in proportion to their chances), with Newton's
/// step wherever it makes the data likelier, until every interval meets the condition of a maximum:
/// no more of the sample per unit of chance than *n*, and exactly *n* where the chance is not 0.
///
/// ## References
///
/// - Turnbull BW (1976). The empirical distribution function with arbitrarily grouped, censored and
///   truncated data. *J R Stat Soc B* 38:290–295.
/// - Gentleman R, Geyer CJ (1994). Maximum likelihood for interval censored data: consistency and
///   computation. *Biometrika* 81:618–623.
public struct TurnbullEstimate: Sendable, Hashable {
  public struct Interval: Sendable, Hashable {
    /// Not part of the interval, unless it is a single time.
    public let lower: Double
    /// Infinite for what lies past the last scan.
    public let upper: Double
    /// Of the event to lie in the interval.
    public let probability: Double
  }

  /// Those of some chance, rising.
  public let intervals: [Interval]
  public let logLikelihood: Double
  /// How far the condition of a maximum is from met, as a part of *n*.
  public let gap: Double

  /// - Throws: ``TimeToEventError/tooManySubjects(_:limit:)`` above 5,000;
  ///   ``TimeToEventError/turnbullDidNotConverge(gap:)``.
  public init(_ sample: IntervalTimes) throws(TimeToEventError) {
    guard sample.subjects <= 5_000 else {
      throw .tooManySubjects(sample.subjects, limit: 5_000)
    }
    var maximizer = TurnbullMaximizer(sample)
    gap = maximizer.run()
    guard gap < 1e-8 else { throw .turnbullDidNotConverge(gap: gap) }
    logLikelihood = maximizer.logLikelihood
    intervals = zip(maximizer.places, maximizer.chances).compactMap { place, chance in
      chance > 0 ? Interval(lower: place.lower, upper: place.upper, probability: chance) : nil
    }
  }

  /// The least and the most survival beyond `time` that the estimate allows; equal outside the intervals.
  public func survival(at time: Double) -> SurvivalLimits {
    let surely = intervals.filter { $0.upper <= time }.reduce(0) { $0 + $1.probability }
    // An interval that has begun may have had its event already.
    let possibly = intervals.filter { $0.upper > time && $0.lower < time }
      .reduce(0) { $0 + $1.probability }
    return SurvivalLimits(lower: max(0, 1 - surely - possibly), upper: max(0, 1 - surely))
  }

  /// The interval in which survival comes down to one half or below; nil where it does not.
  public var medianInterval: Interval? {
    var sum = 0.0
    for interval in intervals where interval.upper < .infinity {
      sum += interval.probability
      if sum >= 0.5 - 1e-9 { return interval }
    }
    return nil
  }
}
