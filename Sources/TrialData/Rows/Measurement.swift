public import RECIST

/// What one reader found of one lesion on one day.
public struct Measurement: Sendable, Hashable {
  public let subject: String
  public let lesion: String
  /// Days from first dose, which is day 0.
  public let day: Int
  public let visit: String?
  /// Longest diameter, or short axis of a node.
  public let diameter: Millimeters?
  public let state: LesionState?
  public let evaluator: String?

  public init(
    subject: String, lesion: String, day: Int, visit: String? = nil, diameter: Millimeters? = nil,
    state: LesionState? = nil, evaluator: String? = nil
  ) {
    self.subject = subject
    self.lesion = lesion
    self.day = day
    self.visit = visit
    self.diameter = diameter
    self.state = state
    self.evaluator = evaluator
  }
}
