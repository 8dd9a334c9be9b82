/// How SAS keeps dates and times: numbers that only their format tells from others.
///
/// A date counts days, a datetime seconds, from 1960-01-01; a time counts seconds from midnight.
enum XPTTime: Sendable {
  case date, datetime, dateOfDatetime, time

  /// Nothing for a format that shows a number as a number.
  ///
  /// - Parameter format: With or without a width behind it: DATE, DATE9 and DATE9. are one.
  init?(format: String) {
    let last = format.lastIndex { !$0.isNumber && $0 != "." }
    switch last.map({ format[...$0].uppercased() }) ?? "" {
    case "DATE", "DDMMYY", "DDMMYYB", "DDMMYYC", "DDMMYYD", "DDMMYYN", "DDMMYYP", "DDMMYYS",
      "MMDDYY", "MMDDYYB", "MMDDYYC", "MMDDYYD", "MMDDYYN", "MMDDYYP", "MMDDYYS", "YYMMDD",
      "YYMMDDB", "YYMMDDC", "YYMMDDD", "YYMMDDN", "YYMMDDP", "YYMMDDS", "E8601DA", "B8601DA",
      "IS8601DA", "WEEKDATE", "WEEKDATX", "WORDDATE", "WORDDATX", "JULIAN", "NLDATE":
      self = .date
    case "DATETIME", "E8601DT", "B8601DT", "IS8601DT", "DATEAMPM", "MDYAMPM", "NLDATM":
      self = .datetime
    case "DTDATE", "E8601DN", "B8601DN", "IS8601DN": self = .dateOfDatetime
    case "TIME", "TIMEAMPM", "TOD", "HHMM", "E8601TM", "B8601TM", "IS8601TM": self = .time
    default: return nil
    }
  }

  /// ISO 8601, or nothing for a number outside the years 1800 to 2200 or between two days.
  func text(_ number: Double) -> String? {
    let days = Self.epoch
    switch self {
    case .date:
      guard number == number.rounded() else { return nil }
      return Self.date(number, days)?.description
    case .dateOfDatetime: return Self.date((number / 86_400).rounded(.down), days)?.description
    case .datetime:
      let day = (number / 86_400).rounded(.down)
      guard let date = Self.date(day, days), let time = Self.clock(number - day * 86_400) else {
        return nil
      }
      return "\(date)T\(time)"
    case .time: return Self.clock(number)
    }
  }

  /// 1960-01-01 in days from 1970.
  private static let epoch = -3653

  /// A date as SAS counts it.
  static func days(_ date: CalendarDate) -> Double { Double(date.ordinal - epoch) }

  private static func date(_ days: Double, _ epoch: Int) -> CalendarDate? {
    guard abs(days) < 1e6 else { return nil }
    return CalendarDate(ordinal: Int(days) + epoch)
  }

  private static func clock(_ seconds: Double) -> String? {
    guard (0..<86_400).contains(seconds) else { return nil }
    let whole = Int(seconds)
    return [whole / 3600, whole / 60 % 60, whole % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      .joined(separator: ":")
  }
}
