import Testing

@testable import TrialData

struct XPTTimeTests {
  @Test(
    "shows SAS dates and times in ISO 8601",
    arguments: [
      ("DATE", 19_782, "2014-02-28"), ("DATE9.", 0, "1960-01-01"), ("date9", -1, "1959-12-31"),
      ("E8601DA", 21_975, "2020-03-01"), ("E8601DA10.", 21_974, "2020-02-29"),
      ("YYMMDD10.", 14_670, "2000-03-01"), ("MMDDYY", -21_854, "1900-03-02"),
      ("DATETIME20.", 1_709_202_605, "2014-02-28T10:30:05"),
      ("E8601DT", -1, "1959-12-31T23:59:59"), ("DTDATE", 1_709_202_605, "2014-02-28"),
      ("TIME5.", 3_661, "01:01:01"), ("DATE", 19_782.5, nil), ("DATE", 1e9, nil),
      ("TIME", 86_400, nil),
    ] as [(String, Double, String?)])
  func text(format: String, number: Double, text: String?) throws {
    let time = try #require(XPTTime(format: format))
    #expect(time.text(number) == text)
  }

  @Test("a format for numbers is none for dates", arguments: ["", "BEST12.", "8.2", "F", "$CHAR"])
  func others(format: String) { #expect(XPTTime(format: format) == nil) }

  @Test("a day and its date are each other's inverse over four centuries")
  func inverse() {
    for ordinal in -62_091...84_370 { #expect(CalendarDate(ordinal: ordinal)?.ordinal == ordinal) }
    #expect(CalendarDate(ordinal: -62_092) == nil)
    #expect(CalendarDate(ordinal: 84_371) == nil)
  }
}
