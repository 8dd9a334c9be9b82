/// The overall response by iRECIST at one assessment.
public struct ImmuneVisit: Sendable, Hashable {
  /// Days from first dose (or randomization); the first dose is day 0.
  public let day: Int
  public let response: ResponseCode

  public init(day: Int, response: ResponseCode) {
    self.day = day
    self.response = response
  }
}
