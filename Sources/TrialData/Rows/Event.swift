/// Whether, and when, an endpoint of one patient occurred.
public struct Event: Sendable, Hashable {
  public let subject: String
  /// "pfs", "os", "response" and so on, in lower case.
  public let endpoint: String
  /// The day of the event, or of censoring; nothing for an endpoint without a time.
  public let day: Int?
  public let occurred: Bool

  public init(subject: String, endpoint: String, day: Int?, occurred: Bool) {
    self.subject = subject
    self.endpoint = endpoint
    self.day = day
    self.occurred = occurred
  }
}
