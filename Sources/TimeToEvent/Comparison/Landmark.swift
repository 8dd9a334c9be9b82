/// The subjects still followed at a landmark, their times counted from there.
///
/// Groups that form after the start, as responders do, may be compared from a landmark on if they are
/// those of the landmark: what became of a subject later does not count. Subjects with the event or
/// censored before the landmark are left out; those whose time is the landmark stay, with a time of 0.
///
/// ## References
///
/// - Anderson JR, Cain KC, Gelber RD (1983). Analysis of survival by tumor response. *J Clin Oncol*
///   1:710–719.
public struct Landmark: Sendable, Hashable {
  public let time: Double
  /// The places of the subjects kept.
  public let kept: [Int]
  /// The subjects kept, from the landmark on.
  public let sample: EventTimes
  public let eventsBefore: Int
  public let censoredBefore: Int

  /// - Throws: ``TimeToEventError/unusableLandmark(_:)`` unless it is finite and at least 0;
  ///   ``TimeToEventError/nobodyAtLandmark(_:)``.
  public init(_ sample: EventTimes, at time: Double) throws(TimeToEventError) {
    guard time >= 0, time < .infinity else { throw .unusableLandmark(time) }
    let times = sample.times
    let kept = times.indices.filter { times[$0] >= time }
    guard !kept.isEmpty else { throw .nobodyAtLandmark(time) }
    self.time = time
    self.kept = kept
    self.sample = try EventTimes(
      times: kept.map { times[$0] - time }, occurred: kept.map { sample.occurred[$0] })
    eventsBefore = times.indices.count { times[$0] < time && sample.occurred[$0] }
    censoredBefore = times.count - kept.count - eventsBefore
  }

  /// Which of the subjects kept had responded by the landmark; `responses` are the times of first
  /// response of all subjects, nil without one.
  ///
  /// - Throws: ``TimeToEventError/unequalColumn(_:values:subjects:)``.
  public func responders(_ responses: [Double?]) throws(TimeToEventError) -> Grouping {
    let subjects = sample.subjects + eventsBefore + censoredBefore
    guard responses.count == subjects else {
      throw .unequalColumn("of responses", values: responses.count, subjects: subjects)
    }
    return try Grouping(
      codes: kept.map { place in responses[place].map { $0 <= time ? 1 : 0 } ?? 0 },
      labels: Grouping.responderLabels)
  }
}

extension Grouping {
  static let responderLabels = ["non-responder", "responder"]
}
