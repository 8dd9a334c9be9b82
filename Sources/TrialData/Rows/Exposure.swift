/// One administration of one drug.
public struct Exposure: Sendable, Hashable {
  public let subject: String
  /// Days from first dose, which is day 0.
  public let day: Int
  public let drug: String
  /// In ``unit``.
  public let dose: Double?
  public let unit: String?

  public init(subject: String, day: Int, drug: String, dose: Double?, unit: String?) {
    self.subject = subject
    self.day = day
    self.drug = drug
    self.dose = dose
    self.unit = unit
  }
}
