import PluginKit

/// What times are shown in; a month is a twelfth of 365.25 days.
enum TimeUnit: String, CaseIterable, Sendable {
  case months, weeks, days

  private var length: Double {
    switch self {
    case .months: 30.4375
    case .weeks: 7
    case .days: 1
    }
  }

  /// Days in this unit.
  func value(_ days: Double) -> Double { days / length }

  /// Days in words, without the unit: `12.15`.
  func number(_ days: Double) -> String { decimal(value(days), places: self == .days ? 1 : 2) }

  /// Days in words: `12.15 months`; `not reached` for none.
  func text(_ days: Double?) -> String {
    days.map { "\(number($0)) \(rawValue)" } ?? "not reached"
  }
}
