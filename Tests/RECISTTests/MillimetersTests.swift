import RECIST
import Testing

struct MillimetersTests {
  @Test(
    "reads decimals exactly",
    arguments: [
      ("48.0", 480_000), ("48", 480_000), ("33.6", 336_000), ("0", 0), (".5", 5_000),
      ("12.", 120_000), ("0.0001", 1), ("0.00014999", 1), ("0.00015", 2),
      ("1000000", 10_000_000_000),
    ])
  func reads(text: String, tenThousandths: Int64) throws {
    #expect(Millimeters(text)?.tenThousandths == tenThousandths)
  }

  @Test(
    "refuses what is no length",
    arguments: [
      "", ".", "-1", "+1", "1e3", "1,5", "1.2.3", " 1", "abc", "1000000.1", "99999999999999999999",
    ])
  func refuses(text: String) {
    #expect(Millimeters(text) == nil)
  }

  @Test("rounds doubles, and refuses those out of range")
  func rounds() {
    #expect(Millimeters(rounding: 33.6)?.tenThousandths == 336_000)
    #expect(Millimeters(rounding: 0.7 * 48.0)?.tenThousandths == 336_000)
    #expect(Millimeters(rounding: -0.00001) == .zero)
    for outside in [-1, .infinity, -.infinity, .nan, 1_000_000.1] {
      #expect(Millimeters(rounding: outside) == nil)
    }
  }

  @Test("every ten-thousandth up to ten millimeters comes back from text and from Double")
  func roundTrips() throws {
    for count in 0...100_000 {
      let length = try #require(Millimeters(rounding: Double(count) / 10_000))
      #expect(length.tenThousandths == Int64(count))
      if Millimeters("\(length)") != length { Issue.record("\(length) does not come back") }
      if Millimeters(rounding: length.value) != length { Issue.record("\(length) drifts") }
    }
  }

  @Test(arguments: [(480_000, "48"), (336_000, "33.6"), (1, "0.0001"), (100_500, "10.05")])
  func describes(tenThousandths: Int, text: String) throws {
    #expect("\(try #require(Millimeters(rounding: Double(tenThousandths) / 10_000)))" == text)
  }

  @Test func `a negative length is a programmer's error`() async {
    await #expect(processExitsWith: .failure) { _ = Millimeters(-1) }
  }
}
