/// What is waited for, where the time to it can be derived from a patient's assessments.
///
/// Raw values are the names used in commands, data sets and results.
public enum TimeEndpoint: String, Sendable, Hashable, Codable, CaseIterable {
  /// From day 0 to the first response (TTR).
  case timeToResponse = "ttr"
  /// From the first response to progression or death (DOR).
  case durationOfResponse = "dor"
  /// From day 0 to progression or death (PFS).
  case progressionFreeSurvival = "pfs"
  /// From day 0 to progression; a death without it is censored (TTP).
  case timeToProgression = "ttp"
  /// From day 0 to death from any cause (OS).
  case overallSurvival = "os"
  /// From the first partial response to progression; a death without it is censored.
  ///
  /// No guideline defines it. It asks how long the tumor stayed under control after it had
  /// shrunk, whether the sum held, shrank further or grew back by less than a progression.
  case stabilization

  /// Whether time starts at the first response, so that only responders have one.
  public var startsAtResponse: Bool {
    self == .durationOfResponse || self == .stabilization
  }

  /// Whether a death without progression is the event; for TTR it ends the waiting.
  var countsDeath: Bool { self != .timeToProgression && self != .stabilization }
}
