import ClientProtocol
import Testing

struct CommandLineTests {
  @Test func cutsALineIntoWordsAndParametersWithTheirPlaces() throws {
    let line = try CommandLine(#"  temporal-split p011 at=12w where="age > 60"  # late"#)
    #expect(line.name == .init(text: "temporal-split", range: 2..<16))
    #expect(line.words == [.init(text: "p011", range: 17..<21)])
    #expect(line.parameters.map(\.key.text) == ["at", "where"])
    #expect(line.parameters.map(\.key.range) == [22..<24, 29..<34])
    #expect(line.parameters.map(\.value.text) == ["12w", "age > 60"])
    #expect(line.parameters.map(\.value.range) == [25..<28, 35..<45])
    #expect(line["at"]?.text == "12w")
    #expect(line["until"] == nil)
  }

  @Test("counts places in Unicode scalars") func scalars() throws {
    let line = try CommandLine("show \"é\u{301}😀\" x")
    #expect(line.words.map(\.range) == [5..<10, 11..<12])
  }

  @Test(arguments: ["", "   ", "# all comment", "\t# x=\""])
  func emptyLines(_ source: String) throws {
    #expect(try CommandLine(source).isEmpty)
  }

  @Test func hashBeginsACommentOnlyAtTheStartOfAWord() throws {
    let line = try CommandLine("show a#b k=#c #d")
    #expect(line.words.map(\.text) == ["a#b"])
    #expect(line["k"]?.text == "#c")
  }

  @Test func quotesGroupAndEscape() throws {
    let line = try CommandLine(#"show "a \"b\" \\ \n" x"y z"w "at=1" k="" "#)
    #expect(line.words.map(\.text) == [#"a "b" \ \n"#, "xy zw", "at=1"])
    #expect(line["k"]?.text == "")
  }

  @Test(
    arguments: [
      (#"show "abc"#, "the quote is never closed", 5..<9, "a closing \""),
      (
        "level=0.9", "a command starts with its name, not with level=", 0..<5,
        "the name of a command; help lists them"
      ),
      ("echo level=0.9 level=0.8", "level is given twice (0.9 and 0.8)", 15..<20, nil),
      ("echo a\u{7}b", "a control character", 6..<7, "text"),
    ] as [(String, String, Range<Int>, String?)])
  func faults(_ source: String, _ message: String, _ range: Range<Int>, _ expected: String?) {
    #expect(throws: CommandFailure(.syntax, message, at: range, expected: expected)) {
      try CommandLine(source)
    }
  }

  static let texts =
    [
      "", "plain", "two words", "a\"b", "back\\slash", "\\\"", "#hash", "#\u{301}", "a#b", "at=12w",
      "a.b-c_1=", "=", "=x", "1=2", "é=2", "tab\there", "line\nbreak", "\u{85}", "\u{7F}", "\u{0}",
      "\u{2028}", "😀 \u{200D}", "\"", "\"\"", "x\"y z\"w", "\\", "k=\"v w\"",
    ] + everyShortText

  /// All texts of up to three of the characters that mean something.
  private static let everyShortText: [String] = {
    let characters = ["a", "\"", "\\", "#", "=", " "]
    var texts = [""]
    var all: [String] = []
    for _ in 1...3 {
      texts = texts.flatMap { text in characters.map { text + $0 } }
      all += texts
    }
    return all
  }()

  @Test("survives commandToken as a word and as a value", arguments: texts)
  func tokensSurvive(_ text: String) throws {
    let line = try CommandLine("show \(text.commandToken) key=\(text.commandToken) end")
    try #require(line.words.count == 2)
    #expect(Array(line.words[0].text.unicodeScalars) == Array(text.unicodeScalars))
    #expect(line["key"].map { Array($0.text.unicodeScalars) } == Array(text.unicodeScalars))
    #expect(line.words[1].text == "end")
  }
}
