import Glibc

/// A moment to the millisecond, written as ISO 8601 in UTC: `2026-11-22T09:30:00.125Z`.
///
/// The text sorts as the moments do, so the database compares it as it is.
package struct Timestamp: Sendable, Hashable, Comparable {
  /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  package let millisecondsSince1970: Int64

  /// The years that four digits can write.
  private static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

  /// The moment, or the nearest one between the years 0000 and 9999.
  package init(millisecondsSince1970: Int64) {
    self.millisecondsSince1970 = min(
      max(millisecondsSince1970, Self.range.lowerBound), Self.range.upperBound)
  }

  package static func now() -> Self {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Self(millisecondsSince1970: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.millisecondsSince1970 < right.millisecondsSince1970
  }
}

extension Timestamp: LosslessStringConvertible {
  /// Reads the one form that ``description`` writes.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    let marks: [Int: UInt8] = [4: 45, 7: 45, 10: 84, 13: 58, 16: 58, 19: 46, 23: 90]
    guard bytes.count == 24, marks.allSatisfy({ bytes[$0.key] == $0.value }) else { return nil }
    let fields = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19, 20..<23].map { range in
      bytes[range].reduce(Int64?.some(0)) { value, byte in
        (48...57).contains(byte) ? value.map { $0 * 10 + Int64(byte) - 48 } : nil
      }
    }.compactMap(\.self)
    guard fields.count == 7 else { return nil }
    let days = Self.days(year: fields[0], month: fields[1], day: fields[2])
    let seconds = ((days * 24 + fields[3]) * 60 + fields[4]) * 60 + fields[5]
    self.init(millisecondsSince1970: seconds * 1000 + fields[6])
    // The 30th of February and the 25th hour are read as other moments, and so betray themselves.
    guard description == text else { return nil }
  }

  package var description: String {
    let (days, inDay) = Self.floorDivide(millisecondsSince1970, by: 86_400_000)
    let (year, month, day) = Self.date(daysSince1970: days)
    let digits: [(value: Int64, width: Int, mark: UInt8)] = [
      (year, 4, 45), (month, 2, 45), (day, 2, 84),
      (inDay / 3_600_000, 2, 58), (inDay / 60_000 % 60, 2, 58), (inDay / 1000 % 60, 2, 46),
      (inDay % 1000, 3, 90),
    ]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    for (value, width, mark) in digits {
      var scale: Int64 = [1, 10, 100, 1000][width - 1]
      while scale > 0 {
        bytes.append(UInt8(48 + value / scale % 10))
        scale /= 10
      }
      bytes.append(mark)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Timestamp {
  private static func floorDivide(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  /// Days from 1970-01-01 to a date of the Gregorian calendar.
  ///
  /// Years are counted from March, so that the leap day comes last; an era is 400 years.
  ///
  /// ## References
  /// H. Hinnant (2013), chrono-compatible low-level date algorithms, `days_from_civil`.
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let (era, yearOfEra) = floorDivide(month <= 2 ? year - 1 : year, by: 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The inverse of ``days(year:month:day:)``, `civil_from_days` of the same source.
  private static func date(daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = floorDivide(daysSince1970 + 719_468, by: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }
}
