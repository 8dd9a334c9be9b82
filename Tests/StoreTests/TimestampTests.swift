import Foundation
import Testing

@testable import Store

struct TimestampTests {
  @Test(
    "writes ISO 8601 in UTC to the millisecond",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"),
      (-1, "1969-12-31T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (Int64.max, "9999-12-31T23:59:59.999Z"),
      (Int64.min, "0000-01-01T00:00:00.000Z"),
    ] as [(Int64, String)])
  func writes(milliseconds: Int64, text: String) {
    let moment = Timestamp(millisecondsSince1970: milliseconds)
    #expect(moment.description == text)
    #expect(Timestamp(text) == moment)
  }

  @Test func agreesWithFoundationOnEveryDayOfSixCenturies() throws {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for day in Int64(-73_000)..<146_000 {
      let milliseconds = day * 86_400_000 + (day & 0xFFFF) * 997_000 % 86_400_000
      let moment = Timestamp(millisecondsSince1970: milliseconds)
      let date = Date(timeIntervalSince1970: Double(milliseconds / 1000))
      try #require(moment.description == style.format(date))
    }
  }

  @Test func readsWhatItWrites() throws {
    for step in Int64(-3000)..<3000 {
      let moment = Timestamp(millisecondsSince1970: step * 31_556_952_123)
      try #require(Timestamp(moment.description) == moment)
    }
  }

  @Test(arguments: [
    "", "2026-11-22", "2026-11-22T09:30:00Z", "2026-11-22 09:30:00.125Z",
    "2026-11-22T09:30:00.125+", "2026-02-30T00:00:00.000Z", "2026-01-01T24:00:00.000Z",
    "2026-01-01T00:60:00.000Z", "2026-13-01T00:00:00.000Z", "2026-00-01T00:00:00.000Z",
    "+026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.00aZ", "２026-01-01T00:00:00.0Z",
  ])
  func refuses(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func sortsAsItsTextDoes() {
    let moments = [-1, 0, 999, 1000, 86_400_000, 1_795_339_800_125].map {
      Timestamp(millisecondsSince1970: $0)
    }
    #expect(moments == moments.sorted())
    #expect(moments.map(\.description) == moments.map(\.description).sorted())
  }

  @Test func knowsTheTimeOfDay() {
    let before = Date().timeIntervalSince1970 * 1000
    let now = Double(Timestamp.now().millisecondsSince1970)
    let after = Date().timeIntervalSince1970 * 1000
    #expect(now >= before - 1 && now <= after + 1)
  }
}
