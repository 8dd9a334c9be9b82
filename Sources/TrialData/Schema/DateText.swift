/// A date as a source wrote it.
enum DateText: Hashable {
  case complete(CalendarDate, CalendarDate.Format)
  case month(year: Int, month: Int)
  case year(Int)
  case unreadable

  init(_ text: String) {
    self = Self.iso(text) ?? Self.sas(text) ?? .unreadable
  }

  private static func iso(_ text: String) -> Self? {
    let date = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)[0]
    let parts = date.split(separator: "-", omittingEmptySubsequences: false)
    let widths = [4, 2, 2]
    var numbers: [Int] = []
    for (part, width) in zip(parts, widths) {
      guard part.utf8.count == width, part.utf8.allSatisfy(\.isDigit), let number = Int(part) else {
        return nil
      }
      numbers.append(number)
    }
    switch (parts.count, date.utf8.count == text.utf8.count) {
    case (3, _):
      return CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])
        .map { .complete($0, .iso) }
    case (2, true) where CalendarDate(year: numbers[0], month: numbers[1], day: 1) != nil:
      return .month(year: numbers[0], month: numbers[1])
    case (1, true) where CalendarDate(year: numbers[0], month: 1, day: 1) != nil:
      return .year(numbers[0])
    default: return nil
    }
  }

  private static let months = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
  ]

  private static func sas(_ text: String) -> Self? {
    guard text.utf8.count == 9, let day = Int(text.prefix(2)), let year = Int(text.suffix(4)),
      let month = months.firstIndex(of: text.dropFirst(2).prefix(3).uppercased())
    else { return nil }
    return CalendarDate(year: year, month: month + 1, day: day).map { .complete($0, .sas) }
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
