/// A column of the subject table that a condition may speak of.
public enum SubjectColumn: String, Sendable, Hashable, CaseIterable {
  case subject, arm, cohort, sex, age
  case doseLevel = "dose_level"
  case doseUnit = "dose_unit"
  case firstDose = "first_dose"

  /// Whether its values are numbers.
  public var isNumeric: Bool { self == .age || self == .doseLevel }

  /// Whether one value of it can be less than another: numbers, and dates written as ISO 8601.
  public var isOrdered: Bool { isNumeric || self == .firstDose }

  func value(of subject: Subject) -> SubjectCondition.Value? {
    switch self {
    case .subject: .text(subject.subject)
    case .arm: subject.arm.map { .text($0) }
    case .cohort: subject.cohort.map { .text($0) }
    case .sex: subject.sex.map { .text($0) }
    case .age: subject.age.map { .number($0) }
    case .doseLevel: subject.doseLevel.map { .number($0) }
    case .doseUnit: subject.doseUnit.map { .text($0) }
    case .firstDose: subject.firstDose.map { .text($0) }
    }
  }
}
