import ClientProtocol
import Testing

@testable import doublet

struct FailureTextTests {
  private let unknown = CommandFailure(
    .unknownCommand, "there is no command \"respone-rate\"", at: 0..<12,
    expected: "the name of a command; help lists them", nearest: "response-rate")

  @Test func pointsAtTheWord() {
    #expect(
      FailureText(source: "respone-rate 15/30").lines(unknown) == [
        "error: there is no command \"respone-rate\"", "  respone-rate 15/30", "  ^^^^^^^^^^^^",
        "  expected: the name of a command; help lists them", "  did you mean response-rate?",
      ])
  }

  @Test func namesThePlaceInAScript() {
    let text = FailureText(place: "trial.dbl:7", usesColor: true)
    #expect(
      text.lines(CommandFailure(.file, "no\nsuch file", run: "9", problems: ["a:1: x", "a:2:\ty"]))
        == [
          "trial.dbl:7: \u{1B}[31merror:\u{1B}[0m no\n  such file", "  recorded as run 9",
          "  a:1: x", "  a:2:\\ty",
        ])
  }

  @Test(
    "puts the marks under what is shown",
    arguments: [
      ("日本 x", 3..<4, ["日本 x", "     ^"]), ("a\tb", 2..<3, ["a\\tb", "   ^"]),
      ("one", 3..<3, ["one", "   ^"]), ("one\ntwo x\nthree", 8..<9, ["two x", "    ^"]),
      ("one \"two\nthree", 4..<14, ["one \"two", "    ^^^^"]), ("one", 9..<12, []),
      ("a\u{1B}b", 1..<2, ["a\\u{1B}b", " ^^^^^^"]), ("one", 1..<99, ["one", " ^^"]),
    ] as [(String, Range<Int>, [String])])
  func marks(source: String, range: Range<Int>, lines: [String]) {
    let failure = CommandFailure(.syntax, "no", at: range)
    #expect(
      FailureText(source: source).lines(failure) == ["error: no"] + lines.map { "  " + $0 })
  }

  @Test func cutsLongLinesAroundTheWord() {
    let source = String(repeating: "a", count: 100) + " here " + String(repeating: "b", count: 100)
    let failure = CommandFailure(.syntax, "no", at: 101..<105)
    let lines = FailureText(source: source, width: 40).lines(failure)
    #expect(
      lines == [
        "error: no", "  …aaaaaaaaaaa here bbbbbbbbbbbbbbbbbb", "               ^^^^",
      ])
  }
}
