/// A survival curve read off a published figure, with the numbers at risk below it.
public struct PublishedCurve: Sendable, Hashable {
  /// Of the points read off, rising from 0.
  public let times: [Double]
  /// Survival at those times, falling from 1.
  public let survival: [Double]
  /// Of the numbers at risk, rising from 0.
  public let riskTimes: [Double]
  public let atRisk: [Int]
  /// Of all subjects, where the paper says.
  public let totalEvents: Int?

  /// Points read by eye go up by a little now and then: such are taken down to the one before.
  ///
  /// - Throws: ``TimeToEventError/unusableCurve(_:)`` unless times rise, survival lies between 0 and 1 and
  ///   starts at 1, numbers at risk fall, start at time 0 and are as many as their times, and some
  ///   point was read; and where there are more events than subjects.
  public init(
    times: [Double], survival: [Double], riskTimes: [Double], atRisk: [Int],
    totalEvents: Int? = nil
  ) throws(TimeToEventError) {
    let problems: [(Bool, String)] = [
      (times.count == survival.count, "needs one survival for each time"),
      (times.count > 1 && times.first == 0, "must begin at time 0 and go on"),
      (Self.rise(times), "must have rising times"),
      (survival.allSatisfy { 0...1 ~= $0 }, "must lie between 0 and 1"),
      (survival.first == 1, "must begin at 1"),
      (riskTimes.count == atRisk.count, "needs one number at risk for each of their times"),
      (riskTimes.first == 0, "needs the number at risk at time 0"),
      (Self.rise(riskTimes), "must have rising times of numbers at risk"),
      (
        zip(atRisk, atRisk.dropFirst()).allSatisfy { $0 >= $1 }, "must have falling numbers at risk"
      ),
      ((atRisk.first ?? 0) > 0 && (atRisk.last ?? -1) >= 0, "must have subjects at risk"),
      (
        0...(max(0, atRisk.first ?? 0)) ~= totalEvents ?? 0, "cannot have more events than subjects"
      ),
    ]
    if let problem = problems.first(where: { !$0.0 }) { throw .unusableCurve(problem.1) }
    self.times = times
    var lowest = 1.0
    self.survival = survival.map { height in
      lowest = min(lowest, height)
      return lowest
    }
    (self.riskTimes, self.atRisk, self.totalEvents) = (riskTimes, atRisk, totalEvents)
  }

  private static func rise(_ values: [Double]) -> Bool {
    values.allSatisfy(\.isFinite) && zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
  }
}
