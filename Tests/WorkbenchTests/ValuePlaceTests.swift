import Testing

@testable import Workbench

struct ValuePlaceTests {
  @Test(
    arguments: [
      ("echo where=aeg>3", 11..<16, 0..<3, 11..<14),
      ("echo where=\"aeg > 3\"", 11..<20, 0..<3, 12..<15),
      ("echo where=\"aeg > 3\"", 11..<20, 7..<7, 19..<19),
      ("echo where=aeg>3", 11..<16, nil, 11..<16),
      ("echo where=aeg>3", 11..<16, 4..<9, 11..<16),
      ("echo where=a\"b c\"d", 11..<18, 0..<1, 11..<18),
      ("echo where=\"a \\\"b\"", 11..<18, 0..<1, 11..<18), ("{}", 11..<18, 0..<1, 11..<18),
    ] as [(String, Range<Int>, Range<Int>?, Range<Int>)])
  func narrows(
    _ line: String, _ value: Range<Int>, _ place: Range<Int>?, _ range: Range<Int>
  ) {
    #expect(ValuePlace.range(value, of: line, narrowedTo: place) == range)
  }
}
