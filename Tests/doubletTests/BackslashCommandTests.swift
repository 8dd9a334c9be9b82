import ClientProtocol
import Rendering
import Testing

@testable import doublet

struct BackslashCommandTests {
  @Test(
    arguments: [
      ("\\q", .quit), ("  \\quit ", .quit), ("\\?", .help), ("\\h", .topic("")),
      ("\\h response-rate", .topic("response-rate")), ("\\timing", .timing(nil)),
      ("\\timing on", .timing(true)), ("\\timing off", .timing(false)), ("\\x", .expansion(nil)),
      ("\\x auto", .expansion(.auto)), ("\\x on", .expansion(.on)), ("\\format csv", .format(.csv)),
      ("\\o", .output(nil)), ("\\o my results.txt ", .output("my results.txt")),
      ("\\i a b.dbl", .include("a b.dbl")), ("\\s", .history), ("\\!ls -l", .shell("ls -l")),
      ("\\! ls", .shell("ls")), ("\\pset pager off", .pager(false)),
    ] as [(String, BackslashCommand)])
  func reads(line: String, command: BackslashCommand) throws {
    #expect(try BackslashCommand(line) == command)
  }

  @Test(
    arguments: [
      ("\\tming", "there is no command \\tming; did you mean \\timing?"),
      ("\\zzzzzz", "there is no command \\zzzzzz; \\? lists them"),
      ("\\timing onn", "\\timing: expected one of on, off, found \"onn\"; did you mean on?"),
      ("\\x sideways", "\\x: expected one of off, on, auto, found \"sideways\""),
      (
        "\\format jsn",
        "\\format: expected one of text, json, csv, markdown, found \"jsn\"; did you mean json?"
      ),
      ("\\format", "\\format: expected one of text, json, csv, markdown, found nothing"),
      ("\\i", "\\i: expected the name of a file"), ("\\!", "\\!: expected a command"),
      ("\\pset pager", "\\pset: expected pager on or pager off"),
      ("\\pset border on", "\\pset: expected pager on or pager off"),
    ] as [(String, String)])
  func refuses(line: String, message: String) {
    #expect(throws: BackslashCommand.Failure(message: message)) { try BackslashCommand(line) }
  }

  @Test func listsEveryCommandItReads() throws {
    for usage in BackslashCommand.usages {
      let argument = ["\\format": " csv", "\\i": " f", "\\pset": " pager on", "\\!": " ls"]
      #expect(throws: Never.self) {
        try BackslashCommand(usage.name + (argument[usage.name] ?? ""))
      }
    }
  }
}
