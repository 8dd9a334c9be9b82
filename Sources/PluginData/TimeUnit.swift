internal import PluginKit

/// What times are shown in.
public enum TimeUnit: String, CaseIterable, Sendable {
  case months, weeks, days

  /// How many days one of it is; a month is a twelfth of 365.25.
  public var days: Double {
    switch self {
    case .months: 30.4375
    case .weeks: 7
    case .days: 1
    }
  }

  /// Days in this unit.
  public func value(_ days: Double) -> Double { days / self.days }

  /// Days in words: `1.938 months`.
  public func text(_ days: Double) -> String { "\(number(days)) \(rawValue)" }

  /// Days in words; `not reached` for none.
  public func text(_ days: Double?) -> String { days.map { text($0) } ?? "not reached" }

  /// `1.938`; two medians apart by a day must not read the same.
  public func number(_ days: Double) -> String {
    let value = value(days)
    guard value != value.rounded() else { return decimal(value, places: 0) }
    return decimal(value, places: self == .days ? 1 : 3)
  }
}
