import ArgumentParser
import CEditline
import ClientProtocol
import Glibc
import JSON
import Schemas

let version = "0.1.0"

/// How the program ends.
enum ExitStatus: Int32 {
  case done = 0
  case commandFailed = 1
  case usage = 2
  case noDaemon = 3
}

extension OutputFormat: ExpressibleByArgument {}

@main
struct Doublet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doublet",
    abstract: "Talk to the Doublet daemon: a REPL on a terminal, a script reader otherwise.",
    discussion: """
      Commands given with -c run first, then the files given with -f. Without either, commands \
      come from standard input. Lines are words, then key=value; "help" lists the commands, \\? \
      those of the client.

      With --format json every command writes one line on standard output: a result, or an object \
      whose only member is "error".

      Exit codes: 0 done, 1 a command failed (the rest does not run unless --keep-going), 2 usage, \
      3 no daemon.
      """,
    version: version)

  @Option(help: "The daemon's socket; nothing is started when it is given.")
  var socket: String?

  @Option(help: "How results are written: text, json, csv or markdown.")
  var format: OutputFormat = .text

  @Option(
    name: [.customShort("c"), .long], parsing: .unconditionalSingleValue,
    help: "Run a command; may be repeated.")
  var command: [String] = []

  @Option(
    name: [.customShort("f"), .long], help: "Run the commands of a file; - is standard input.")
  var file: [String] = []

  @Argument(
    help: ArgumentHelp(
      "schema plugin|client|result|manifest prints a JSON Schema; no daemon is needed.",
      valueName: "words"))
  var words: [String] = []

  @Flag(help: "Go on with a script after a command failed.")
  var keepGoing = false

  @Flag(help: "Do not start a daemon where none is running.")
  var noStart = false

  static func main() {
    ceditline_unblock_signals()
    do {
      let status = try parse().perform()
      Glibc.exit(status.rawValue)
    } catch {
      // ArgumentParser's own code for a wrong command line is 64.
      guard exitCode(for: error) != .success else { exit(withError: error) }
      Output.say(fullMessage(for: error) + "\n")
      Glibc.exit(ExitStatus.usage.rawValue)
    }
  }

  func validate() throws {
    guard !words.isEmpty, schema == nil else { return }
    let names = Schema.allCases.map(\.rawValue).joined(separator: "|")
    throw ValidationError(
      "\"\(words.joined(separator: " "))\" is no command of the client: expected schema \(names)")
  }

  /// The schema the words ask for.
  private var schema: Schema? {
    words.count == 2 && words[0] == "schema" ? Schema(rawValue: words[1]) : nil
  }

  private func perform() -> ExitStatus {
    if let schema { return printed(schema) }
    let environment = Environment.current
    let terminal = Terminal.current(environment)
    let isInteractive =
      command.isEmpty && file.isEmpty && terminal.inputIsTerminal
      && (terminal.outputIsTerminal || terminal.errorIsTerminal)
    let endpoint = Endpoint(socket: socket, mayStart: !noStart, environment: environment)
    if isInteractive {
      if ceditline_force_utf8() {
        Output.say("the locale is not UTF-8; C.UTF-8 is used for what is typed\n")
      }
      _ = signal(SIGPIPE, SIG_IGN)
    }
    let session = Session(
      link: DaemonLink(connect: endpoint.connect), terminal: terminal, environment: environment,
      settings: SessionSettings(format: format), isInteractive: isInteractive,
      wake: isInteractive ? ceditline_watch_signals() : -1)
    return isInteractive
      ? converse(session, endpoint.locations) : ExitStatus(runScripts(session))
  }

  private func printed(_ schema: Schema) -> ExitStatus {
    do {
      try Output.write((schema.json().text + "\n").utf8, to: STDOUT_FILENO)
      return .done
    } catch {
      Output.say("the schema cannot be made: \(error)\n")
      return .commandFailed
    }
  }

  private func converse(_ session: Session, _ locations: Locations?) -> ExitStatus {
    do {
      try session.connect()
    } catch {
      session.say("\(error)")
      return .noDaemon
    }
    return ExitStatus(Dialogue(session: session, locations: locations).run())
  }

  private func runScripts(_ session: Session) -> Session.Outcome {
    var worst = Session.Outcome.done
    for source in command.map(ScriptSource.command) + files {
      let outcome = run(source, session)
      guard outcome != .done else { continue }
      guard outcome == .failed, keepGoing else { return outcome }
      worst = .failed
    }
    return worst
  }

  private enum ScriptSource {
    case command(String)
    case file(String)
  }

  private var files: [ScriptSource] {
    command.isEmpty && file.isEmpty ? [.file("-")] : file.map(ScriptSource.file)
  }

  private func run(_ source: ScriptSource, _ session: Session) -> Session.Outcome {
    switch source {
    case .command(let text):
      let script = Script(name: "-c", text: text)
      guard script.commands.count != 1 else {
        return session.execute(script.commands[0].text)
      }
      return session.run(script, keepGoing: keepGoing)
    case .file(let path):
      let bytes = path == "-" ? FileText.bytes(STDIN_FILENO) : FileText.bytes(path)
      guard let bytes else {
        session.say("\(path): \(systemError)")
        return .failed
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let script = Script(name: path == "-" ? "stdin" : path, text: text)
      return session.run(script, keepGoing: keepGoing)
    }
  }
}

extension ExitStatus {
  init(_ outcome: Session.Outcome) {
    switch outcome {
    case .done, .quit: self = .done
    case .failed: self = .commandFailed
    case .lost: self = .noDaemon
    }
  }
}
