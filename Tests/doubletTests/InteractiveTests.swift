import Foundation
import Testing

@testable import doublet

/// A person at a terminal.
struct InteractiveTests {
  private let daemon: FakeDaemon

  init() throws { daemon = try FakeDaemon() }

  private func start(_ more: [String: String] = [:], rows: UInt16 = 24) throws -> ClientTerminal {
    let client = try ClientTerminal(
      ["--socket", daemon.path], environment: ClientProcess.environment(home: daemon.home, more),
      rows: rows)
    try client.expect("help what the daemon does.")
    try client.expect("doublet> ")
    return client
  }

  private func leave(_ client: ClientTerminal) throws {
    try client.type("\u{04}")
    #expect(try client.finish() == 0)
    daemon.stop()
  }

  @Test func answersAndLeaves() throws {
    let client = try start()
    try client.type("echo αβγ \"dose–toxicity\"\r")
    try client.expect("\u{1B}[1mecho αβγ \"dose–toxicity\"\u{1B}[0m")
    try client.expect("doublet> ")
    try client.type("bad\r")
    try client.expect("\u{1B}[31merror:\u{1B}[0m there is no command")
    try client.expect("doublet> ")
    #expect(daemon.commands == ["echo αβγ \"dose–toxicity\"", "bad"])
    try leave(client)
  }

  @Test(arguments: ["\\q\r", "quit\r", "exit\r"])
  func leavesBy(word: String) throws {
    let client = try start()
    try client.type(word)
    #expect(try client.finish() == 0)
    #expect(daemon.commands.isEmpty)
    daemon.stop()
  }

  @Test func keepsUnicodeInAnASCIILocale() throws {
    let client = try ClientTerminal(
      ["--socket", daemon.path],
      environment: ClientProcess.environment(home: daemon.home, ["LANG": "C"]))
    try client.expect("the locale is not UTF-8; C.UTF-8 is used for what is typed")
    try client.expect("doublet> ")
    try client.type("echo µ\r")
    try client.expect("\u{1B}[1mecho µ")
    try client.expect("doublet> ")
    try leave(client)
  }

  @Test func clearsTheLineOnCtrlC() throws {
    let client = try start()
    try client.type("echo on")
    try client.expect("echo on")
    try client.type("\u{03}")
    try client.expect("doublet> ")
    try client.type("echo two\r")
    try client.expect("\u{1B}[1mecho two")
    #expect(daemon.commands == ["echo two"])
    try client.expect("doublet> ")
    try leave(client)
  }

  @Test func cancelsACommandAndStays() throws {
    let client = try start()
    try client.type("held\r")
    try client.expect("[##########..........]  50 %")
    try client.expect("replicates")
    try client.type("\u{03}")
    // The bar is erased before anything else is said.
    try client.expect("\r\u{1B}[K")
    try client.expect("cancelled")
    try client.expect("doublet> ")
    try client.type("echo still here\r")
    try client.expect("\u{1B}[1mecho still here")
    try client.expect("doublet> ")
    try leave(client)
  }

  @Test func stopsWaitingOnTheSecondCtrlC() throws {
    let client = try start()
    try client.type("deaf\r")
    try client.expect("working, 1 s  (Ctrl-C cancels)")
    try client.type("\u{03}")
    try client.expect("cancelling  (Ctrl-C again stops waiting)")
    try client.type("\u{03}")
    try client.expect("no longer waiting")
    try client.expect("doublet> ")
    try client.type("echo on\r")
    try client.expect("\u{1B}[1mecho on")
    try client.expect("doublet> ")
    try leave(client)
  }

  @Test func continuesCommands() throws {
    let client = try start()
    try client.type("echo \"a\r")
    try client.expect("      \"> ")
    try client.type("b\" \\\r")
    try client.expect("      -> ")
    try client.type("c\r")
    try client.expect("doublet> ")
    #expect(daemon.commands == ["echo \"a\nb\" c"])
    try client.type("echo \"x\r")
    try client.expect("\"> ")
    try client.type("\u{03}")
    try client.expect("doublet> ")
    try leave(client)
  }

  @Test func completesFromTheCatalog() throws {
    let client = try start()
    try client.type("ec\tlou\t\r")
    try client.expect("\u{1B}[1mecho loud")
    try client.expect("doublet> ")
    try client.type("echo \t")
    try client.expect("echo TEXT")
    try client.expect("doublet> echo ")
    try client.type("\u{03}")
    try client.expect("doublet> ")
    try client.type("e\t\t")
    try client.expect("echo  exit")
    try client.expect("doublet> e")
    try client.type("\u{03}")
    try client.expect("doublet> ")
    try leave(client)
  }

  @Test func showsTheDefaultDatasetAndTellsANewConnection() throws {
    let client = try start()
    try client.type("use p011\r")
    try client.expect("doublet p011> ")
    try client.type("set level=0.9\r")
    try client.expect("doublet p011> ")
    try client.type("gone\r")
    try client.expect("the daemon closed the connection; the next command connects again")
    try client.expect("doublet p011> ")
    try client.type("echo back\r")
    try client.expect("connected again")
    try client.expect("\u{1B}[1mecho back")
    try client.expect("doublet p011> ")
    #expect(
      daemon.commands == [
        "use p011", "set level=0.9", "gone", "use p011", "set level=0.9", "echo back",
      ])
    try leave(client)
  }

  @Test func remembersAcrossSessions() throws {
    let first = try start()
    try first.type("echo one\r")
    try first.expect("\u{1B}[1mecho one")
    try first.expect("doublet> ")
    try first.type("\u{04}")
    #expect(try first.finish() == 0)
    let second = try start()
    try second.type("\u{1B}[A\r")
    try second.expect("\u{1B}[1mecho one")
    try second.expect("doublet> ")
    // Ctrl-R searches.
    try second.type("\u{12}ech")
    try second.expect("bck:")
    try second.type("\r")
    try second.expect("\u{1B}[1mecho one")
    try second.expect("doublet> ")
    try second.type("\\s\r")
    try second.expect("echo one\r\n")
    try second.expect("doublet> ")
    try leave(second)
  }

  @Test func runsStartupCommandsAtAPromptOnly() throws {
    try "\\format csv\necho ready\n".write(
      toFile: daemon.home + "/.doubletrc", atomically: true, encoding: .utf8)
    let environment = ClientProcess.environment(home: daemon.home)
    _ = try ClientProcess.run(
      ["--socket", daemon.path], input: "echo script", environment: environment)
    #expect(daemon.commands == ["echo script"])
    let client = try start()
    #expect(daemon.commands == ["echo script", "echo ready"])
    try client.type("tall 1\r")
    try client.expect("x\r\r\n1\r\r\n")
    try client.expect("doublet> ")
    try leave(client)
  }

  @Test func keepsWhatIsTypedWhenTheScreenChanges() throws {
    let client = try start()
    try client.type("echo ke")
    try client.expect("echo ke")
    client.resize(columns: 60, rows: 20)
    client.resize(columns: 70, rows: 20)
    try client.type("pt\r")
    try client.expect("\u{1B}[1mecho kept")
    try client.expect("doublet> ")
    try leave(client)
  }

  @Test func changesSettings() throws {
    let client = try start()
    try client.type("\\timing on\r")
    try client.expect("Timing is on.")
    try client.expect("doublet> ")
    try client.type("\\x\r")
    try client.expect("Expanded display is on.")
    try client.expect("doublet> ")
    try client.type("tall 1\r")
    try client.expect("-[ RECORD 1 ]")
    try client.expect("Time: ")
    try client.expect("doublet> ")
    try client.type("\\pset pager off\r")
    try client.expect("The pager is off.")
    try client.expect("doublet> ")
    try client.type("\\tming\r")
    try client.expect("did you mean \\timing?")
    try client.expect("doublet> ")
    try client.type("\\?\r")
    try client.expect("help lists the commands of the daemon.")
    try client.expect("doublet> ")
    try client.type("\\! printf 'do%s' ne\r")
    try client.expect("done")
    try client.expect("doublet> ")
    try leave(client)
  }

  @Test func needsADaemon() throws {
    let client = try ClientTerminal(
      ["--socket", daemon.home + "/none"],
      environment: ClientProcess.environment(home: daemon.home))
    try client.expect("there is no such socket")
    #expect(try client.finish() == 3)
    daemon.stop()
  }
}
