extension SurvivalFunction {
  /// The Kaplan-Meier estimate, known to the last observation.
  public init(_ estimate: KaplanMeier) {
    let falls = estimate.times.indices.filter { estimate.events[$0] > 0 }
    self.init(
      fallingAt: falls.map { estimate.times[$0] }, to: falls.map { estimate.survival[$0] },
      followedTo: estimate.times[estimate.times.count - 1])
  }

  /// The Kaplan-Meier estimate of a sample.
  public init(_ sample: EventTimes) { self.init(KaplanMeier(sample)) }

  /// A curve read off a published figure, known to its last point.
  public init(_ curve: PublishedCurve) {
    self.init(
      falling: zip(curve.times, curve.survival), followedTo: curve.times[curve.times.count - 1])
  }

  /// Points read off a figure: from each time on, the curve has the height beside it.
  ///
  /// Points read by eye go up by a little now and then: such are taken down to the one before. The
  /// curve starts at 1 whether or not a point says so.
  ///
  /// - Parameters:
  ///   - times: rising; any unit.
  ///   - survival: shares from 0 to 1, not percentages.
  ///   - end: the end of follow-up; without it the last point.
  /// - Throws: ``TimeToEventError/unusableCurve(_:)`` where points are no such curve.
  public init(
    times: [Double], survival: [Double], followedTo end: Double? = nil
  ) throws(TimeToEventError) {
    let last = times.last ?? 0
    let problems: [(Bool, String)] = [
      (!times.isEmpty, "needs at least one point"),
      (times.count == survival.count, "needs one survival for each time"),
      (times.allSatisfy { $0 >= 0 && $0 < .infinity }, "must have finite times of at least 0"),
      (zip(times, times.dropFirst()).allSatisfy { $0 < $1 }, "must have rising times"),
      (survival.allSatisfy { 0...1 ~= $0 }, "must lie between 0 and 1"),
      ((end ?? last) >= last, "cannot have points after the end of follow-up"),
    ]
    if let problem = problems.first(where: { !$0.0 }) { throw .unusableCurve(problem.1) }
    self.init(falling: zip(times, survival), followedTo: end ?? last)
  }

  /// Keeps the points that are lower than all before them.
  private init(falling points: some Sequence<(Double, Double)>, followedTo end: Double) {
    var (times, survival): ([Double], [Double]) = ([], [])
    for (time, height) in points where height < survival.last ?? 1 {
      times.append(time)
      survival.append(height)
    }
    self.init(fallingAt: times, to: survival, followedTo: end)
  }
}
