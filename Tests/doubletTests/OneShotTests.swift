import Foundation
import Testing

@testable import doublet

/// One-shot use without and with a terminal: two quarters of the matrix; the rest is in
/// ``InteractiveTests``.
struct OneShotTests {
  private let daemon: FakeDaemon

  init() throws { daemon = try FakeDaemon() }

  private func run(
    _ arguments: String..., input: String = "", more: [String: String] = [:]
  ) throws -> ClientProcess.Finished {
    defer { daemon.stop() }
    return try ClientProcess.run(
      ["--socket", daemon.path] + arguments, input: input,
      environment: ClientProcess.environment(home: daemon.home, more))
  }

  @Test func runsCommandsInOrder() throws {
    #expect(
      try run("-c", "echo one", "-c", "\\x on", "-c", "tall 1")
        == .init(
          status: 0, output: "echo one\n\ntall\n\n-[ RECORD 1 ]\nX | 1\n", error: ""))
  }

  @Test func printsSchemasWithoutADaemon() throws {
    let answer = try run("schema", "result")
    #expect(answer.status == 0)
    #expect(
      answer.output.hasPrefix(
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":"))
    #expect(daemon.commands == [])
  }

  @Test func refusesWordsThatAreNoSchema() throws {
    let answer = try run("schema", "results")
    #expect(answer.status == 2)
    #expect(
      answer.error.hasPrefix(
        "Error: \"schema results\" is no command of the client: expected schema "
          + "plugin|client|result|manifest\n"))
  }

  @Test func stopsAtTheFirstFailure() throws {
    #expect(
      try run("-c", "echo one", "-c", "bad word", "-c", "echo two")
        == .init(
          status: 1, output: "echo one\n",
          error: "error: there is no command\n  bad word\n  ^^^\n"))
    #expect(daemon.commands == ["echo one", "bad word"])
  }

  @Test func goesOnWhenAsked() throws {
    #expect(
      try run("--keep-going", "-c", "bad", "-c", "echo two")
        == .init(
          status: 1, output: "echo two\n", error: "error: there is no command\n  bad\n  ^^^\n"))
  }

  @Test func readsAScriptFromStandardInput() throws {
    #expect(
      try run(input: "# a script\n\necho \\\n one\nbad\necho two\n")
        == .init(
          status: 1, output: "echo  one\n",
          error: "stdin:5: error: there is no command\n  bad\n  ^^^\n"))
  }

  @Test func readsFilesAndStandardInputByName() throws {
    let script = daemon.home + "/a.dbl"
    try "echo file\nquit\necho never".write(toFile: script, atomically: true, encoding: .utf8)
    #expect(
      try run("-f", "-", "-f", script, input: "echo stdin")
        == .init(
          status: 0, output: "echo stdin\n\necho file\n", error: ""))
  }

  @Test func namesTheLineOfAFile() throws {
    let script = daemon.home + "/a.dbl"
    try "echo file\nbad \"x\ny\"\n".write(toFile: script, atomically: true, encoding: .utf8)
    #expect(
      try run("-f", script).error
        == "\(script):2: error: there is no command\n  bad \"x\n  ^^^\n")
  }

  @Test func saysWhatCannotBeRead() throws {
    #expect(
      try run("-f", "/nowhere")
        == .init(
          status: 1, output: "", error: "error: /nowhere: No such file or directory\n"))
  }

  @Test func writesOneLineOfJSONForEveryCommand() throws {
    let finished = try run("--format", "json", "--keep-going", "-c", "echo µ", "-c", "bad")
    #expect(
      finished
        == .init(
          status: 1,
          output: """
            {"analysis":"echo","title":"echo µ","parameters":{},"estimates":[],"tests":[],"tables":[],\
            "figures":[],"methods":[],"notes":[],"citations":[]}
            {"error":{"code":-32602,"message":"there is no command","data":{"kind":"command.unknown",\
            "at":{"offset":0,"length":3}}}}

            """, error: ""))
  }

  @Test func writesCSVAndMarkdown() throws {
    #expect(
      try run("--format", "csv", "-c", "tall 2", "-c", "\\format markdown", "-c", "tall 1").output
        == "x\r\n1\r\n2\r\n## tall\n\n| X |\n| ---: |\n| 1 |\n")
  }

  @Test func sendsResultsToAFile() throws {
    let file = daemon.home + "/out.txt"
    let finished = try run(
      "-c", "\\o \(file)", "-c", "echo one", "-c", "\\o", "-c", "echo two", "-c", "\\o /nowhere/x")
    #expect(finished.output == "echo two\n")
    #expect(finished.error == "error: /nowhere/x: No such file or directory\n")
  }

  @Test func includesScriptsButNotForEver() throws {
    let script = daemon.home + "/a.dbl"
    try "echo x\n\\i \(script)\n".write(toFile: script, atomically: true, encoding: .utf8)
    let finished = try run("-c", "\\i \(script)")
    #expect(finished.output == Array(repeating: "echo x\n", count: 16).joined(separator: "\n"))
    #expect(
      finished.error
        == "\(script):2: error: \(script): scripts include one another too deeply\n")
    #expect(finished.status == 1)
  }

  @Test func timesOnStandardError() throws {
    let finished = try run("-c", "\\timing", "-c", "echo one")
    #expect(finished.output == "echo one\n")
    #expect(finished.error.wholeMatch(of: /Time: \d+\.\d{3} ms\n/) != nil)
  }

  @Test func passesOverAnswersToOthers() throws {
    #expect(try run("-c", "half") == .init(status: 0, output: "whole\n", error: ""))
  }

  @Test func losesTheDaemon() throws {
    #expect(
      try run("--keep-going", "-c", "gone", "-c", "echo one")
        == .init(
          status: 3, output: "", error: "error: the daemon closed the connection\n"))
  }

  @Test func refusesAWrongCommandLine() throws {
    #expect(try run("--bogus").status == 2)
    #expect(try run("--format", "xml").status == 2)
  }

  @Test func saysItsVersionAndHelp() throws {
    #expect(try run("--version") == .init(status: 0, output: "0.1.0\n", error: ""))
    let help = try run("--help")
    #expect(help.status == 0 && help.output.contains("--keep-going"))
  }

  @Test func findsNoDaemon() throws {
    let home = daemon.home
    let environment = ClientProcess.environment(home: home)
    #expect(
      try ClientProcess.run(
        ["--socket", home + "/none", "-c", "ping"], environment: environment)
        == .init(
          status: 3, output: "",
          error: "error: no daemon at \(home)/none: there is no such socket\n"))
    #expect(
      try ClientProcess.run(["--no-start", "-c", "ping"], environment: environment)
        == .init(
          status: 3, output: "",
          error: "error: no daemon at \(home)/.doublet/doublet.sock: there is no such socket\n"))
    daemon.stop()
  }

  @Test func colorsNothingWithoutATerminal() throws {
    #expect(try run("-c", "bad").error.contains("\u{1B}") == false)
  }

  // MARK: At a terminal

  private func terminal(
    _ arguments: String..., more: [String: String] = [:]
  ) throws -> ClientTerminal {
    try ClientTerminal(
      ["--socket", daemon.path] + arguments,
      environment: ClientProcess.environment(home: daemon.home, more))
  }

  @Test func colorsAtATerminal() throws {
    defer { daemon.stop() }
    let client = try terminal("-c", "echo one", "-c", "bad")
    #expect(try client.finish() == 1)
    #expect(client.transcript.contains("\u{1B}[1mecho one\u{1B}[0m\r\n"))
    #expect(client.transcript.contains("\u{1B}[31merror:\u{1B}[0m there is no command"))
    #expect(!client.transcript.contains("doublet>"))
  }

  @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]])
  func keepsColorsToItself(more: [String: String]) throws {
    defer { daemon.stop() }
    let client = try terminal("-c", "echo one", "-c", "bad", more: more)
    #expect(try client.finish() == 1)
    #expect(client.transcript.contains("echo one\r\nerror: there is no command\r\n"))
    #expect(!client.transcript.contains("\u{1B}"))
  }

  @Test func endsOnCtrlC() throws {
    defer { daemon.stop() }
    let client = try terminal("-c", "held")
    try client.expect("replicates")
    try client.type("\u{03}")
    // setsid's word for an end by signal 2.
    #expect(try client.finish() == SIGINT)
    #expect(client.transcript.contains("did not exit normally"))
  }

  @Test func pagesWhatIsTallerThanTheScreen() throws {
    defer { daemon.stop() }
    let client = try terminal(
      "-c", "tall 100", "-c", "tall 3",
      more: ["PAGER": "sed s/^/paged:/", "DOUBLET_PAGER": "sed s/^/PAGED:/"])
    #expect(try client.finish() == 0)
    #expect(client.transcript.contains("PAGED:100\r\n"))
    #expect(client.transcript.hasSuffix("\r\nX\r\n-\r\n1\r\n2\r\n3\r\n"))
  }
}
