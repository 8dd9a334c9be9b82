/// One laboratory or immune-monitoring value.
public struct Marker: Sendable, Hashable {
  public let subject: String
  /// Days from first dose, which is day 0.
  public let day: Int
  public let visit: String?
  public let marker: String
  /// In ``unit``.
  public let value: Double?
  public let unit: String?

  public init(
    subject: String, day: Int, visit: String?, marker: String, value: Double?, unit: String?
  ) {
    self.subject = subject
    self.day = day
    self.visit = visit
    self.marker = marker
    self.value = value
    self.unit = unit
  }
}
