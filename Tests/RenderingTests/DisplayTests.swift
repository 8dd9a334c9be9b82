import Rendering
import Testing

struct DisplayTests {
  @Test(
    arguments: [
      ("", 0), ("abc", 3), ("µ≥é", 3), ("e\u{301}", 1), ("日本", 4), ("한글", 4), ("ﾊﾝ", 2), ("Ａ", 2),
      ("👍", 2), ("👩‍🔬", 2), ("❤️", 2), ("\u{301}", 0),
    ] as [(String, Int)])
  func columns(text: String, width: Int) { #expect(text.columns == width) }

  @Test(
    arguments: [
      ("one two three", 7, ["one two", "three"]), ("one two", nil, ["one two"]),
      ("abcdefghij", 4, ["abcd", "efgh", "ij"]), ("a abcdefgh b", 4, ["a", "abcd", "efgh", "b"]),
      ("日本日本", 5, ["日本", "日本"]), ("", 4, [""]), ("a  b", 10, ["a  b"]), ("日", 1, ["日"]),
      ("chi-square-yates", 11, ["chi-square-", "yates"]), ("a -b-", 3, ["a", "-b-"]),
      ("     ", 2, [""]), ("one two", 0, ["one two"]),
    ] as [(String, Int?, [String])])
  func wraps(text: String, width: Int?, lines: [String]) {
    #expect(text.wrapped(to: width) == lines)
  }

  @Test(
    arguments: [
      ("plain µ", "plain µ"), ("\u{1B}[2J", "\\u{1B}[2J"), ("a\nb\tc\r", "a\\nb\\tc\\r"),
      ("\u{9B}31m", "\\u{9B}31m"), ("\u{202E}txt", "\\u{202E}txt"), ("\u{7F}", "\\u{7F}"),
      ("a\r\nb", "a\\r\\nb"), ("\u{2028}", "\\u{2028}"), ("C:\\new", "C:\\new"),
      ("\u{FEFF}x", "\\u{FEFF}x"),
    ] as [(String, String)])
  func neutralizes(text: String, shown: String) { #expect(text.safe == shown) }

  @Test func padsByColumns() {
    #expect("日".padded(to: 4) == "日  ")
    #expect("7".padded(to: 3, alignedRight: true) == "  7")
    #expect("wide".padded(to: 2) == "wide")
  }
}
