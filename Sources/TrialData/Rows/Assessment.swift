public import RECIST

/// What one reader reported of one patient on one day.
public struct Assessment: Sendable, Hashable {
  public let subject: String
  /// Days from first dose, which is day 0.
  public let day: Int
  public let visit: String?
  public let sumOfDiameters: Millimeters?
  public let target: ResponseCode?
  public let nonTarget: ResponseCode?
  public let newLesion: Bool?
  public let overall: ResponseCode?
  public let evaluator: String?

  public init(
    subject: String, day: Int, visit: String? = nil, sumOfDiameters: Millimeters? = nil,
    target: ResponseCode? = nil, nonTarget: ResponseCode? = nil, newLesion: Bool? = nil,
    overall: ResponseCode? = nil, evaluator: String? = nil
  ) {
    self.subject = subject
    self.day = day
    self.visit = visit
    self.sumOfDiameters = sumOfDiameters
    self.target = target
    self.nonTarget = nonTarget
    self.newLesion = newLesion
    self.overall = overall
    self.evaluator = evaluator
  }
}
