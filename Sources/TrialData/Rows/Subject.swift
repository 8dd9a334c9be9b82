/// One patient.
public struct Subject: Sendable, Hashable {
  public let subject: String
  public let arm: String?
  /// In ``doseUnit``.
  public let doseLevel: Double?
  public let doseUnit: String?
  public let cohort: String?
  public let sex: String?
  /// In years.
  public let age: Double?
  /// The date of day 0 as the source gave it; nothing where the source counts days only.
  public let firstDose: String?

  public init(
    subject: String, arm: String? = nil, doseLevel: Double? = nil, doseUnit: String? = nil,
    cohort: String? = nil, sex: String? = nil, age: Double? = nil, firstDose: String? = nil
  ) {
    self.subject = subject
    self.arm = arm
    self.doseLevel = doseLevel
    self.doseUnit = doseUnit
    self.cohort = cohort
    self.sex = sex
    self.age = age
    self.firstDose = firstDose
  }
}

extension Subject {
  /// The calendar date of a day of this subject, as 2014-02-28; nothing without a first dose, and
  /// past the year 2200.
  public func date(ofDay day: Int) -> String? {
    firstDose.flatMap { CalendarDate($0) }.flatMap { CalendarDate(ordinal: $0.ordinal + day) }?
      .description
  }
}
