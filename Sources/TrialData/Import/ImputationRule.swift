/// How a date without its day, or without its month and day, is completed.
///
/// Nothing is imputed unless a rule is named. The three are those of the CDISC tools (admiral's
/// `date_imputation`).
public enum ImputationRule: String, Sendable, Codable, CaseIterable {
  /// First day of the month; 1 January.
  case first
  /// The 15th; 30 June.
  case middle
  /// Last day of the month; 31 December.
  case last

  func complete(_ date: DateText) -> CalendarDate? {
    switch (date, self) {
    case (.complete(let date, _), _): date
    case (.month(let year, let month), .first): CalendarDate(year: year, month: month, day: 1)
    case (.month(let year, let month), .middle): CalendarDate(year: year, month: month, day: 15)
    case (.month(let year, let month), .last):
      CalendarDate(year: year, month: month, day: CalendarDate.days(in: month, of: year))
    case (.year(let year), .first): CalendarDate(year: year, month: 1, day: 1)
    case (.year(let year), .middle): CalendarDate(year: year, month: 6, day: 30)
    case (.year(let year), .last): CalendarDate(year: year, month: 12, day: 31)
    case (.unreadable, _): nil
    }
  }
}
