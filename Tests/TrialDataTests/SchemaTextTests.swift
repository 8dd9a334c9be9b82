import Foundation
import Testing

@testable import TrialData

struct SchemaTextTests {
  @Test(
    "reads numbers with a point or a decimal comma",
    arguments: [
      ("1.5", 1.5), ("1,5", 1.5), ("-2,25", -2.25), ("+3", 3), ("1e-5", 1e-5), ("0,234", 0.234),
      ("1,2345", 1.2345), ("1234,567", 1234.567), ("1.234", 1.234),
      ("33.599999999999994", 33.599999999999994),
    ])
  func numbers(text: String, number: Double) {
    #expect(DecimalText.read(text) == .success(number))
  }

  @Test(arguments: [
    "1,234", "12,345", "123,456", "1,234,567", "1,2,3", "1.234,5", "1,234.5", "-1,234",
  ])
  func ambiguous(text: String) {
    #expect(DecimalText.read(text) == .failure(.ambiguous))
  }

  @Test(arguments: ["", "abc", "1 2", "0x1p3", "nan", "inf", "1e999", "--1", "1..2", "e", ",", "٣"])
  func notNumbers(text: String) {
    guard case .failure = DecimalText.read(text) else {
      Issue.record("\(text) was read")
      return
    }
  }

  @Test("counts days as Foundation does, over four centuries")
  func ordinals() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    var previous = try #require(CalendarDate(year: 1800, month: 1, day: 1)).ordinal - 1
    for year in 1800...2200 {
      for month in 1...12 {
        for day in 1...CalendarDate.days(in: month, of: year) {
          let date = try #require(CalendarDate(year: year, month: month, day: day))
          if date.ordinal != previous + 1 { Issue.record("\(date)") }
          previous = date.ordinal
        }
      }
      let end = try #require(
        calendar.date(from: DateComponents(year: year, month: 12, day: 31)))
      #expect(previous == Int(end.timeIntervalSince1970 / 86_400))
    }
  }

  @Test(
    arguments: [
      ("2014-02-28", "2014-02-28"), ("2014-02-28T10:30", "2014-02-28"), ("28FEB2014", "2014-02-28"),
      ("28feb2014", "2014-02-28"), ("2012-02-29", "2012-02-29"), ("1900-02-28", "1900-02-28"),
    ])
  func dates(text: String, iso: String) {
    #expect(CalendarDate(text)?.description == iso)
  }

  @Test(
    arguments: [
      "2014-02-29", "1900-02-29", "2014-13-01", "2014-00-01", "2014-2-3", "02/03/2014", "2014-02",
      "2014", "", "2014-02-28x", "20140228", "2014-02-28-01", "1799-12-31", "32JAN2014",
      "٢٠١٤-02-28",
    ])
  func notDates(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test(
    arguments: [
      ("2014-02", ImputationRule.first, "2014-02-01"), ("2014-02", .middle, "2014-02-15"),
      ("2014-02", .last, "2014-02-28"), ("2012-02", .last, "2012-02-29"),
      ("2014", .first, "2014-01-01"), ("2014", .middle, "2014-06-30"),
      ("2014", .last, "2014-12-31"),
      ("2014-02-03", .last, "2014-02-03"),
    ])
  func imputation(text: String, rule: ImputationRule, iso: String) {
    #expect(rule.complete(DateText(text))?.description == iso)
  }

  @Test func `nothing is made of what is no date`() {
    for text in ["2014-13", "2014---15", "UN FEB 2014", "20140"] {
      #expect(ImputationRule.first.complete(DateText(text)) == nil)
    }
  }

  @Test("a pool keeps each text once, and ranks by bytes")
  func pool() {
    let pool = TextPool()
    let texts = (0..<5_000).map { "S\($0 * 7919 % 5_000)" } + ["", "é", "Z", "a", "a\0"]
    let cells = texts.map(pool.cell)
    #expect(Set(cells).count == texts.count)
    #expect(texts.map(pool.cell) == cells)
    #expect(cells.map { pool.texts[Int($0)] } == texts)
    let ranks = pool.ranks()
    let byRank = cells.sorted { ranks[Int($0)] < ranks[Int($1)] }.map { pool.texts[Int($0)] }
    #expect(byRank == texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }
}
