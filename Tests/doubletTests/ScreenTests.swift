import Testing

@testable import doublet

struct ScreenTests {
  @Test(
    arguments: [
      (["a", "bb", "ccc", "dddd"], 14, ["a     ccc", "bb    dddd"]),
      (["a", "bb", "ccc"], 80, ["a    bb   ccc"]), (["日本", "x\ty"], 3, ["日本", "x\\ty"]),
      ([], 80, []), (["aa", "bb", "cc"], 6, ["aa  cc", "bb"]),
    ] as [([String], Int, [String])])
  func columns(names: [String], width: Int, lines: [String]) {
    #expect(CandidateColumns.lines(names, width: width) == lines)
  }

  @Test(
    arguments: [
      ("1\n2\n", 80, 3, false), ("1\n2\n3\n", 80, 3, true), ("12345\n", 2, 3, true),
      ("12345\n", 2, 4, false), ("", 80, 1, false),
    ] as [(String, Int, Int, Bool)])
  func pages(text: String, columns: Int, rows: Int, isTaller: Bool) {
    #expect(Pager.isTaller(text, columns: columns, rows: rows) == isTaller)
  }

  @Test func choosesThePager() {
    #expect(Pager(["DOUBLET_PAGER": "a", "PAGER": "b"])?.command == "a")
    #expect(Pager(["PAGER": "b"])?.command == "b")
    #expect(Pager(["PAGER": ""]) == nil)
    #expect(Pager(["PATH": "/nowhere"]) == nil)
  }

  @Test func colorsEachStreamForItself() {
    var terminal = Terminal(
      inputIsTerminal: true, outputIsTerminal: true, errorIsTerminal: false, isDumb: false,
      refusesColor: false)
    #expect(terminal.colorsOutput && !terminal.colorsErrors && !terminal.showsProgress)
    terminal.errorIsTerminal = true
    #expect(terminal.colorsErrors && terminal.showsProgress)
    terminal.refusesColor = true
    #expect(!terminal.colorsOutput && !terminal.colorsErrors && terminal.showsProgress)
    terminal.refusesColor = false
    terminal.isDumb = true
    #expect(!terminal.colorsOutput && !terminal.colorsErrors && !terminal.showsProgress)
  }
}
