internal import Glibc

/// Time to event by whether subjects ever responded, and why that must not be read as an effect.
///
/// To be a responder a subject must live to the response: responders' time up to it could not hold an
/// event. Comparing those who ever responded with those who never did credits them that guaranteed
/// time, and they look better even where response does nothing. ``Landmark`` or
/// ``mantelByarTest`` compare them fairly.
///
/// ## References
///
/// - Anderson JR, Cain KC, Gelber RD (1983). Analysis of survival by tumor response. *J Clin Oncol*
///   1:710–719.
/// - Mantel N, Byar DP (1974). Evaluation of response-time data involving transient states: an
///   illustration using heart-transplant data. *J Am Stat Assoc* 69:81–86.
public struct ResponderComparison: Sendable {
  public let sample: EventTimes
  /// By subject; nil without a response.
  public let responses: [Double?]
  /// Non-responders, then responders, of the whole time.
  public let groups: Grouping

  /// - Throws: ``TimeToEventError/unequalColumn(_:values:subjects:)``, and
  ///   ``TimeToEventError/unusableResponse(_:index:)`` for a response before 0 or after the end of the
  ///   subject's follow-up.
  public init(_ sample: EventTimes, responses: [Double?]) throws(TimeToEventError) {
    guard responses.count == sample.subjects else {
      throw .unequalColumn("of responses", values: responses.count, subjects: sample.subjects)
    }
    for (index, (response, time)) in zip(responses, sample.times).enumerated() {
      guard let response else { continue }
      // The end of follow-up may have moved by the tolerance within which times are equal.
      guard response >= 0, response <= time * (1 + 1e-7) + 1e-7 else {
        throw .unusableResponse(response, index: index)
      }
    }
    self.sample = sample
    self.responses = responses
    groups = try Grouping(
      codes: responses.map { $0 == nil ? 0 : 1 }, labels: Grouping.responderLabels)
  }

  /// What must be said beside a comparison of ever with never responders; nil where there are no
  /// responders, or all responded at time 0.
  public var guaranteeTimeWarning: GuaranteeTimeWarning? {
    let times = responses.compactMap(\.self).sorted()
    guard let last = times.last, last > 0 else { return nil }
    let middle = (times[(times.count - 1) / 2] + times[times.count / 2]) / 2
    let followed = zip(responses, sample.times).reduce(0) { $0 + ($1.0 == nil ? 0 : $1.1) }
    return GuaranteeTimeWarning(
      responders: times.count, medianTimeToResponse: middle, lastResponse: last,
      guaranteedShare: times.reduce(0, +) / followed)
  }

  /// Mantel and Byar's test: at each event, subjects at risk count as responders if they had responded
  /// before; the log-rank test of groups that subjects pass between.
  ///
  /// - Throws: ``TimeToEventError/nothingToCompare``.
  public func mantelByarTest() throws(TimeToEventError) -> MantelByarTest {
    try MantelByarTest(sample, responses: responses)
  }
}

/// Why a comparison of ever with never responders is biased in these data, and by how much time.
public struct GuaranteeTimeWarning: Sendable, Hashable, CustomStringConvertible {
  public let responders: Int
  public let medianTimeToResponse: Double
  public let lastResponse: Double
  /// The part of responders' follow-up that lies before their responses.
  public let guaranteedShare: Double

  public var description: String {
    let percent = (guaranteedShare * 1000).rounded() / 10
    return
      "guarantee-time bias: the \(responders) responders could not have had the event before they"
      + " responded (median time to response \(medianTimeToResponse)), so \(percent) % of their"
      + " follow-up was free of it by definition; compare from a landmark, or with response as a"
      + " state that changes with time"
  }
}
