/// The unit of a source value.
public enum ValueUnit: String, Sendable, Hashable, Codable, CaseIterable {
  case days, weeks, months, years
  /// CDISC's: day 1 is the day of first dose, and there is no day 0.
  case studyDay = "study-day"
  /// Days counted at both ends, so that an event on the day of first dose has 1.
  case duration
  /// A date, counted from the subject's day 0.
  case date
  case millimeters = "mm"
  case centimeters = "cm"

  /// What one of it is in days, or in millimeters.
  var factor: Double {
    switch self {
    case .weeks: 7
    case .months: 30.4375
    case .years: 365.25
    case .centimeters: 10
    case .days, .studyDay, .duration, .date, .millimeters: 1
    }
  }

  func fits(_ kind: ColumnKind) -> Bool {
    switch self {
    case .millimeters, .centimeters: kind == .length
    default: kind == .day
    }
  }
}
