import ClientProtocol
import Glibc
import JSON
import PluginProtocol
import Rendering

/// One person or script at work: carries out lines, one after the other.
final class Session {
  /// What a line came to.
  enum Outcome: Hashable {
    case done, failed
    /// There is no daemon any more.
    case lost
    case quit
  }

  let link: DaemonLink
  let terminal: Terminal
  let environment: [String: String]
  /// Whether a person types the lines: then Ctrl-C cancels a command and keeps the session.
  let isInteractive: Bool
  /// Becomes readable on Ctrl-C; -1 where Ctrl-C ends the program.
  let wake: Int32

  var settings: SessionSettings
  /// Results go here while `\o` is on; -1 for standard output.
  var outputFile: Int32 = -1
  /// The data set `use` chose.
  var defaultDataset: String?
  /// What a new connection must be told: the last `use` and every `set`.
  var agreements: [String] = []
  var isFirstConnection = true
  var catalogCache = CatalogCache()
  /// Whether the next result follows another in one stream of text.
  var followsResult = false
  /// Scripts that include one another.
  var includeDepth = 0
  /// What was typed, for `\s`.
  var history: [String] = []

  init(
    link: DaemonLink, terminal: Terminal, environment: [String: String], settings: SessionSettings,
    isInteractive: Bool, wake: Int32
  ) {
    self.link = link
    self.terminal = terminal
    self.environment = environment
    self.settings = settings
    self.isInteractive = isInteractive
    self.wake = wake
  }

  deinit { if outputFile >= 0 { close(outputFile) } }

  /// Carries out one command; `place` says where it stands, such as `trial.dbl:12`.
  func execute(_ text: String, place: String? = nil) -> Outcome {
    if CommandText.isBlank(text) { return .done }
    if CommandText.isBackslash(text) { return executeBackslash(text, place: place) }
    if ["quit", "exit"].contains(text.trimmed) { return .quit }
    let start = Clock.seconds
    let outcome = executeOnDaemon(text, place: place)
    if settings.timing, outcome == .done || outcome == .failed {
      let milliseconds = NumberText.fixed((Clock.seconds - start) * 1000, decimals: 3)
      Output.say("Time: \(milliseconds) ms\n")
    }
    return outcome
  }

  /// Carries out the commands of a script until one fails.
  func run(_ script: Script, keepGoing: Bool) -> Outcome {
    var worst = Outcome.done
    for command in script.commands {
      let outcome = execute(command.text, place: "\(script.name):\(command.line)")
      switch outcome {
      case .done: continue
      case .failed where keepGoing: worst = .failed
      case .failed, .lost, .quit: return outcome == .quit && worst == .failed ? .failed : outcome
      }
    }
    return worst
  }

  // MARK: Messages

  func say(_ message: String, place: String? = nil) {
    Output.say(failureText(place: place).head(message) + "\n")
  }

  func failureText(source: String? = nil, place: String? = nil) -> FailureText {
    FailureText(
      place: place, source: source,
      width: terminal.errorIsTerminal ? Terminal.size(of: STDERR_FILENO)?.columns : nil,
      usesColor: terminal.colorsErrors)
  }
}
