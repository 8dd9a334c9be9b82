import Testing

@testable import doublet

struct CommandTextTests {
  @Test(
    arguments: [
      ("response-rate 15/30", .complete), ("", .complete), ("a \\", .continued),
      ("a \"b", .openQuote), ("a \"b\"", .complete), ("a \"b\\\"", .openQuote),
      ("a \"b\\\\\"", .complete), ("a # \"b", .complete), ("a # b \\", .complete),
      ("a b#c \\", .continued), ("a \"#\" \\", .continued), ("a x=\"# ", .openQuote),
      ("a \"b\nc\"", .complete), ("a \"b\\", .openQuote),
    ] as [(String, CommandText.Completeness)])
  func knowsWhetherACommandIsComplete(text: String, expected: CommandText.Completeness) {
    #expect(CommandText.completeness(of: text) == expected)
  }

  @Test func joinsLines() {
    #expect(CommandText.joining("a \\", "b") == "a b")
    #expect(CommandText.joining("a \"b", "c\"") == "a \"b\nc\"")
  }

  @Test(
    arguments: [
      ("", true), ("  \t", true), ("# x", true), ("  # x", true), ("x # y", false), ("\\x", false),
    ] as [(String, Bool)])
  func knowsBlankLines(text: String, isBlank: Bool) {
    #expect(CommandText.isBlank(text) == isBlank)
  }

  @Test func cutsAScriptIntoCommands() {
    let script = Script(
      name: "trial.dbl",
      text: """
        #!/usr/bin/env -S doublet -f
        use p011   # the trial

        response-rate \\
          control=all \\
          by=dose_level
        import a.csv as "b
        c"
        \\x on
        last
        """)
    #expect(
      script.commands == [
        .init(line: 2, text: "use p011   # the trial"),
        .init(line: 4, text: "response-rate   control=all   by=dose_level"),
        .init(line: 7, text: "import a.csv as \"b\nc\""),
        .init(line: 9, text: "\\x on"),
        .init(line: 10, text: "last"),
      ])
  }

  @Test func readsWindowsLineEnds() {
    let script = Script(name: "x", text: "one\r\n\r\ntwo \\\r\nthree\r\n")
    #expect(script.commands == [.init(line: 1, text: "one"), .init(line: 3, text: "two three")])
  }

  @Test func keepsWhatIsNeverFinished() {
    #expect(
      Script(name: "x", text: "a \"b\nc").commands == [.init(line: 1, text: "a \"b\nc")])
    #expect(Script(name: "x", text: "").commands.isEmpty)
  }
}
