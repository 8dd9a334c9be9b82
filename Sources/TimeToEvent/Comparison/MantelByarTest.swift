/// The log-rank test of two states between which subjects pass once.
///
/// A subject is at risk as a non-responder up to its response and as a responder after it, so that an
/// event at the time of the response counts as a non-responder's.
public struct MantelByarTest: Sendable, Hashable {
  /// Non-responders, then responders.
  public let observed: [Double]
  public let expected: [Double]
  public let test: ChiSquareTest

  init(_ sample: EventTimes, responses: [Double?]) throws(TimeToEventError) {
    let curve = KaplanMeier(sample)
    let changes = Self.changes(curve.times, sample, responses)
    var (difference, variance) = (0.0, 0.0)
    var (observed, expected) = ([0.0, 0.0], [0.0, 0.0])
    for rank in curve.times.indices where curve.events[rank] > 0 {
      let (n, d) = (Double(curve.atRisk[rank]), Double(curve.events[rank]))
      let share = Double(changes.respondersAtRisk[rank]) / n
      let events = Double(changes.responderEvents[rank])
      observed[1] += events
      observed[0] += d - events
      expected[1] += d * share
      expected[0] += d * (1 - share)
      difference += events - d * share
      if n > 1 { variance += d * (n - d) / (n - 1) * share * (1 - share) }
    }
    guard variance > 0 else { throw .nothingToCompare }
    (self.observed, self.expected) = (observed, expected)
    test = ChiSquareTest(statistic: difference * difference / variance, degreesOfFreedom: 1)
  }

  /// By distinct time, those at risk who responded before it, and how many of them have the event.
  private static func changes(
    _ times: [Double], _ sample: EventTimes, _ responses: [Double?]
  ) -> (respondersAtRisk: [Int], responderEvents: [Int]) {
    var steps = [Int](repeating: 0, count: times.count + 1)
    var events = [Int](repeating: 0, count: times.count)
    for (subject, response) in responses.enumerated() {
      guard let response else { continue }
      let end = Int(sample.grid.ranks[subject])
      // The first time after the response at which the subject can be at risk as a responder.
      let start = times.partitioningIndex { $0 > response }
      guard start <= end else { continue }
      steps[start] += 1
      steps[end + 1] -= 1
      if sample.occurred[subject] { events[end] += 1 }
    }
    var atRisk = 0
    let respondersAtRisk = times.indices.map { index in
      atRisk += steps[index]
      return atRisk
    }
    return (respondersAtRisk, events)
  }
}

extension Array {
  /// The first place for which `condition`, false up to it and true from it on, is true.
  func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
