/// The overall response at one assessment.
public struct ResponseVisit: Sendable, Hashable {
  /// Days from first dose (or randomization); the first dose is day 0.
  public let day: Int
  public let response: ResponseCategory

  public init(day: Int, response: ResponseCategory) {
    self.day = day
    self.response = response
  }
}
