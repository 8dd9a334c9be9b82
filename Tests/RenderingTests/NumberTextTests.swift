import Rendering
import Testing

struct NumberTextTests {
  /// R 4.2.2: `for (p in …) cat(format(p, digits = 4))`; 1e-300 and below print in full here.
  @Test(
    "writes p-values as R's format does",
    arguments: [
      (0.0040723, "0.004072"), (1, "1"), (0.05, "0.05"), (0.99999, "1"), (0.00099999, "0.001"),
      (0.0001, "1e-04"), (0.00012, "0.00012"), (0.0001234, "0.0001234"), (1.23e-5, "1.23e-05"),
      (2.3456e-7, "2.346e-07"), (1e-300, "1e-300"), (0.5, "0.5"), (0.04999999, "0.05"), (0, "0"),
      (Double.leastNonzeroMagnitude, "4.941e-324"), (.nan, "NaN"),
    ] as [(Double, String)])
  func pValues(p: Double, text: String) { #expect(NumberText.pValue(p) == text) }

  /// R 4.2.2: `format(c(…), digits = 4)`, without its padding.
  @Test(
    "gives the numbers of a column one form",
    arguments: [
      ([123.456, 0.5], ["123.5", "0.5"]), ([1_234_567, 0.001234], ["1.235e+06", "1.234e-03"]),
      ([.nan, .infinity, -.infinity, 1.5, -20.25], ["NaN", "Inf", "-Inf", "1.50", "-20.25"]),
      ([-1e-5, 100], ["-1e-05", "1e+02"]), ([1e100, 1], ["1e+100", "1e+00"]),
      ([123_456.789], ["123457"]), ([0.00001, 123_456], ["1.000e-05", "1.235e+05"]), ([], []),
    ] as [([Double], [String])])
  func columns(numbers: [Double], texts: [String]) {
    #expect(NumberText.significant(numbers) == texts)
  }

  @Test(
    arguments: [
      (0.5, "50.0"), (0, "0.0"), (1, "100.0"), (0.285, "28.5"), (-0.0004, "0.0"), (-0.0006, "-0.1"),
      (.nan, "NaN"), (-.infinity, "-Inf"), (1e308, "Inf"),
    ] as [(Double, String)])
  func percentages(fraction: Double, text: String) {
    #expect(NumberText.percent(fraction) == text)
  }

  @Test(
    arguments: [
      (0, "0 µs"), (0.000_04, "40 µs"), (0.000_999_6, "1.0 ms"), (0.001_24, "1.2 ms"),
      (0.012, "12 ms"), (0.999_6, "1.0 s"), (1.25, "1.2 s"), (59.96, "1 min 0 s"),
      (125, "2 min 5 s"), (3599.6, "1 h 0 min"), (90_000, "25 h 0 min"), (.nan, "NaN s"),
      (-1, "-1 s"), (1e9, "1e+09 s"),
    ] as [(Double, String)])
  func durations(seconds: Double, text: String) {
    #expect(NumberText.duration(seconds: seconds) == text)
  }

  @Test func writesTheLargestDoubleInFull() {
    let text = NumberText.fixed(.greatestFiniteMagnitude, decimals: 1)
    #expect(text.count == 311)
    #expect(text.hasPrefix("17976931348623157"))
    #expect(text.hasSuffix(".0"))
  }
}
